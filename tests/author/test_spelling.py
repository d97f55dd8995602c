"""An author's slips: one line with the nearest right spelling; a false script is refuted with its small counterexample."""

import pytest

from verify.author.theory import Theory
from verify.cli import main
from verify.kernel.errors import BadInput, DepthproofError

FALSE = '''
from verify import Theory
from verify.theorem import Certified, Theorem

def theory():
    t = Theory("my.sum")
    t.recursion("s(n)", start="0", step="s(n) + 2*n + 1")
    t.theorem("{goal}", n="Z from 0", induction="n", use=["IH", "s(n + 1)"], base=["s(0)"])
    return t

THEOREM = Theorem(name="my.sum", statement="a sum", source="mine", evidence=[Certified(theory)])
'''


def theory(*names):
    t = Theory("a")
    t.library(*names)
    return t


def test_a_shared_definition():
    with pytest.raises(BadInput, match=r'found "tents"; did you mean tent\?'):
        theory("tents")
    with pytest.raises(BadInput, match=r'found "xyzzy"$'):
        theory("xyzzy")


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("tnet(x) <= 1", {}, "found tnet; did you mean tent?"),
        ("tent(x) <= 1", {"use": ["tnt(x)"]}, "found tnt(x); did you mean tent?"),
        ("tent(x) <= 1", {"use": "tent(x)"}, "expected a list of texts as use"),
        ("tent(x) <= 1", {"hints": ["tent(x)"]}, "expected the hints use, base,"),
        ("tent(x) <= 1", {"usee": ["tent(x)"]}, "did you mean use?"),
        ("tent(x) <= 1", {"use": ["IH"]}, 'IH, the hypothesis, is known where induction="n" is said'),
    ],
)
def test_names_and_hints(text, options, reason):
    t = theory("tent")
    with pytest.raises(BadInput) as refused:
        t.theorem(text, **options)
        t.prove()
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_hypothesis_that_was_left_out():
    t = theory("pow2")
    t.theorem("pow2(n) >= n + 1", n="Z from 0", induction="n", use=["pow2(n)"], base=["pow2(0)"])
    with pytest.raises(DepthproofError, match="IH, the hypothesis, is not among use"):
        t.prove()


def test_a_false_script_is_refuted(tmp_path, capsys):
    script = tmp_path / "my" / "sum.py"
    script.parent.mkdir()
    script.write_text(FALSE.replace("{goal}", "s(n) = n^2 + n"))
    assert main(["prove", "--proofs", str(tmp_path)]) == 10
    shown = capsys.readouterr().out
    assert "my.sum is false at n = 1; " in shown
    script.write_text(FALSE.replace("{goal}", "s(n) = n^2"))
    assert main(["prove", "--proofs", str(tmp_path)]) == 0


def test_an_empty_folder(tmp_path, capsys):
    assert main(["prove", "--proofs", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"depthproof: {tmp_path}: expected proof scripts, files SECTION/NAME.py, found none\n"


def test_the_name_of_a_theorem(tmp_path, capsys):
    (tmp_path / "my").mkdir()
    (tmp_path / "my" / "sum.py").write_text(FALSE)
    assert main(["prove", "my.smu", "--proofs", str(tmp_path)]) == 2
    assert "did you mean my.sum?" in capsys.readouterr().err
