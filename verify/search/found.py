"""What a search found: a certificate that the kernel has not seen yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..claim import Claim


@dataclass(frozen=True)
class Found:
    """A certificate of the claim; or if a goal is named, of that goal's refutation where the names
    have these values."""

    certificate: bytes
    goal: str = ""
    values: Mapping[str, Fraction] = field(default_factory=dict)

    def claim(self, claim: Claim) -> Claim:
        """What the certificate is for."""
        return claim.refutation(self.goal, self.values) if self.goal else claim
