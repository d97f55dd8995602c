"""What a caller may have mistaken: a value of another type, said in one line."""

from .kernel.errors import BadInput


def want_type(value: object, kinds: type | tuple[type, ...], what: str) -> None:
    """Raises `BadInput` where the value is of none of the kinds; `what` says what is expected, and perhaps how to make it.

    >>> want_type("5", int, "a number")
    Traceback (most recent call last):
    verify.kernel.errors.BadInput: expected a number, found a str
    """
    if not isinstance(value, kinds):
        raise BadInput("", f"expected {what}, found a {type(value).__name__}")
