"""Bad input: one line with file, place and reason, of the right type and exit code, quickly, and nothing written. For every bad file."""

import base64
import os
import sys
import time
import zlib
from pathlib import Path

import pytest

from verify.kernel.errors import BadInput, DepthproofError, OverBudget
from verify.network.load import load

sys.path.insert(0, str(Path(__file__).parent))
from corpus import rows

ROWS = rows()
SECONDS = 10  # what the limits allow; a loaded machine takes two


def refusal(source) -> DepthproofError:
    """The error that loading raises, or that what a command does next raises: the form in Gemm and Relu, and its hash."""
    with pytest.raises((BadInput, OverBudget)) as refused:
        _ = load(source).sha256
    return refused.value


@pytest.mark.parametrize(("name", "data", "place", "reason"), ROWS, ids=[row[0] for row in ROWS])
def test_one_line_with_file_place_and_reason(tmp_path, name, data, place, reason):
    file = tmp_path / name
    file.write_bytes(data)
    start = time.process_time()
    error = refusal(file)
    assert time.process_time() - start < SECONDS
    text = str(error)
    assert text.isprintable()
    assert place in text.removeprefix(str(file))
    assert reason in error.reason
    assert len(error.reason) < 400
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize(("name", "data", "place", "reason"), ROWS, ids=[row[0] for row in ROWS])
def test_the_command_line_ends_in_2_or_3_with_one_line(tmp_path, capsys, name, data, place, reason):
    from verify.cli import main

    file = tmp_path / name
    file.write_bytes(data)
    code = main(["show", str(file)])
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert str(file) in shown.err
    assert place in shown.err
    assert reason in shown.err
    try:
        _ = load(file).sha256
    except DepthproofError as error:
        assert code == error.exit_code
    assert code in (2, 3)


def test_there_are_many():
    assert len(ROWS) >= 60
    assert len({row[0] for row in ROWS}) == len(ROWS)


def test_the_file_of_which_the_bad_ones_are_variants_is_good(tmp_path):
    from corpus import GOOD, NNET

    (tmp_path / "good.json").write_text(GOOD)
    (tmp_path / "good.nnet").write_text(NNET)
    assert load(tmp_path / "good.json").sha256 == load("tent").sha256
    assert load(tmp_path / "good.nnet").widths == (1,)


@pytest.mark.parametrize("ending", ["json", "onnx", "nnet", "safetensors"])
class TestFilesThatCannotBeRead:
    def test_missing(self, tmp_path, ending):
        assert str(refusal(tmp_path / f"net.{ending}")) == f"{tmp_path}/net.{ending}: cannot be read: no such file or directory"

    def test_a_folder(self, tmp_path, ending):
        (tmp_path / f"net.{ending}").mkdir()
        assert "expected a file, found a folder" in str(refusal(tmp_path / f"net.{ending}"))

    def test_a_pipe(self, tmp_path, ending):
        os.mkfifo(tmp_path / f"net.{ending}")
        assert "expected a file, found something else" in str(refusal(tmp_path / f"net.{ending}"))

    def test_a_link_to_itself(self, tmp_path, ending):
        (tmp_path / f"net.{ending}").symlink_to(f"net.{ending}")
        assert str(refusal(tmp_path / f"net.{ending}")).isprintable()

    def test_no_permission(self, tmp_path, ending):
        file = tmp_path / f"net.{ending}"
        file.write_bytes(b"{}")
        file.chmod(0)
        if os.access(file, os.R_OK):
            pytest.skip("runs as a user who may read everything")
        assert "permission denied" in str(refusal(file))

    @pytest.mark.parametrize("name", ["a\nb", "\x1b[31m", "\u202e", "a\0b", "x" * 300, "\udc80", "\ud800"])
    def test_names_with_control_characters(self, ending, name):
        error = refusal(f"{name}.{ending}")
        assert str(error).isprintable()


@pytest.mark.parametrize(
    "name", ["net", "net.pt", "net.pth", "net.txt", "", ".", "/", "tents", "sawtooth", "a\nb", "net.json.gz"]
)
def test_other_endings_are_refused(name):
    error = refusal(name)
    assert str(error).isprintable()


FAILED_ONCE = {
    "a long pad": (
        'c-rIOuqxmZ=3=biVl3cdEE8g^RALTDOtE4RVocZ4<X{nCcVaB?Qec1rMi_&^5==5dd0N~8j82SYUMxVieH6$%AwDi14n`pkE+!5}'
        'AZAJ8<YKH8VgYfTShyGj*qj8pc$4#U^>Q<li}H)}(@KCQ@Nsb^X6ohV<yGkA<_ItX0AC^%7X'
    ),
    "a long reflection": (
        'c-rIOu$srnrNYHn!Npi0#8|1s9FUlzCB(&&o1c=Z#9ow|mXn%XvVf7<ib04mUCWz;gM(3k-HEZl%Ygw6FhOZX2JC<lu1*q6M@a*1'
        '6%ykT;b0UJ;9}xn1Y#y2W(8ulBu*~IN+A}IuoDXxgMgruAQx|Pey(0_W^z$}aei8f0HYHh7gu7YUVdI)g<fus03!g${TX='
    ),
    "54 axes": (
        'c-rIOu=>r+CCtTG!NpiC#8|1s=2}sZn3rP3AjFuib%2=z1erLP1=yV!i@i25GmL^E1)@MvE5yge!@(%T!NtVE2*fN&oLr2RLM$Mz'
        '6AKrEfS{8g7jJTYu3m0ta#4P9ep-nDqZ1z&S7N4KeqLUMUT%&6BLF9p76$'
    ),
}


@pytest.mark.parametrize("name", FAILED_ONCE)
def test_mutants_of_onnx_that_failed_once(name: str) -> None:
    """Pads to 26 million entries, and 54 axes, which numpy does not have; packed bytes of the files."""
    from tests.bad_input.fuzz import _formats, outcome

    data = zlib.decompress(base64.b85decode(FAILED_ONCE[name]))
    _, reader = _formats()["onnx"]
    assert outcome(lambda source: data, reader, 1).startswith("refused with ")
