"""Tables for the command line: heads, targets and separators, and the cell that is refused."""

from pathlib import Path

import numpy as np
import pytest
from cli_helpers import Capture, printed, refused

from pynn.commands.tables import read_columns, read_table

TEXT = "a,b,kind\n1,2,x\n3,4,y\n"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "t.csv") -> Path:
    Path(name).write_bytes(text.encode())
    return Path(name)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace(",", ";"),
        TEXT.replace(",", "\t"),
        TEXT.replace("\n", "\r\n"),
        "\N{BYTE ORDER MARK}" + TEXT,
        TEXT.replace("\n", "\n\n"),
        '"a", "b", "kind"\n1, 2, "x"\n3, 4, y',
        "a;b;kind\n1,0;2;x\n3;4,0;y",
    ],
)
def test_all_of_these_are_one_table(text: str) -> None:
    table = read_table(write(text), None)
    assert (table.columns, table.target, table.said) == (["a", "b"], "kind", ["x", "y"])
    assert table.x.tolist() == [[1, 2], [3, 4]] and table.x.dtype == np.float64


def test_a_first_line_with_a_number_is_no_head() -> None:
    table = read_table(write("1,x\n2,y\n"), None)
    assert (table.columns, table.target, table.lines) == (["1"], "2", [1, 2])


@pytest.mark.parametrize(
    ("target", "x"), [("a", [2, 4]), ("1", [2, 4]), ("b", [1, 3]), ("2", [1, 3])]
)
def test_the_target_is_a_name_or_a_number(target: str, x: list[int]) -> None:
    table = read_table(write("a,b\n1,2\n3,4\n"), target)
    assert table.x[:, 0].tolist() == x and len(table.numbers()) == 2


def test_columns_are_found_by_their_names() -> None:
    table = read_columns(write("b,more,kind,a\n2,9,x,1\n"), ["a", "b"], "kind")
    assert table.x.tolist() == [[1, 2]] and table.said == ["x"]
    assert read_columns(write("b,a\n2,1\n"), ["a", "b"], "kind").said == []
    # Without a head they are taken in their order, where there are as many.
    assert read_columns(write("1,2\n"), ["a", "b"], "kind").x.tolist() == [[1, 2]]
    # The target stood second where there were no names.
    assert read_columns(write("1,x,2\n"), ["1", "3"], "2").said == ["x"]
    assert read_columns(write("1,2\n"), ["1", "3"], "2").x.tolist() == [[1, 2]]
    assert read_columns(write("a,b\n1,2\n"), ["1", "2"], "3").x.tolist() == [[1, 2]]
    with pytest.raises(ValueError, match="expected a column 'b', got none"):
        read_columns(write("a,c\n1,2\n"), ["a", "b"], "kind")
    with pytest.raises(ValueError, match="expected 2 columns, got 3"):
        read_columns(write("1,2,3\n"), ["a", "b"], "kind")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "t.csv: expected lines of numbers, got none"),
        ("a,b\n", "t.csv: expected lines of numbers, got only a head"),
        ("a\n1\n", "t.csv: expected at least two columns, got 1"),
        ("a,k\n1,x\n1,2,x\n", "t.csv: line 3: expected 2 cells, got 3"),
        ("a,k\n1,x\n,x\n", "t.csv: line 3, column a: expected a number, got nothing"),
        ("a,k\nred,x\n", "t.csv: line 2, column a: expected a number, got 'red'"),
        ("1,x\n\nnan,x\n", "t.csv: line 3, column 1: expected a number, got 'nan'"),
        ("1,x\n1e999,x\n", "t.csv: line 2, column 1: expected a number, got '1e999'"),
        ("1,x\n2,\n", "t.csv: line 2: expected a target, got nothing"),
        ("1,x\n2,x\n", "t.csv: expected 2 to 1000 classes, got 1"),
        ("1,0.5\n2,1\n", "t.csv: expected classes as target, got 0.5; --task regression learns n"),
        (
            "".join(f"1,{n}\n" for n in range(21)),
            "t.csv: expected classes as target, got 21 numbers",
        ),
        ("\x00\x01", "t.csv: expected "),
    ],
)
def test_what_is_no_table_is_one_sentence(text: str, sentence: str, capsys: Capture) -> None:
    write(text)
    assert refused(capsys, "train", "t.csv").startswith(f"pynn: {sentence}")


def test_more_refusals(capsys: Capture) -> None:
    write("a,k\n1,x\n2,y\n")
    sentence = refused(capsys, "train", "t.csv", "--target", "z")
    wanted = "--target: expected one of t.csv's columns, 'a, k', or its number from 1 to 2"
    assert sentence == f"pynn: {wanted}, got 'z'"
    assert "from 1 to 2, got '3'" in refused(capsys, "train", "t.csv", "--target", "3")
    assert "from 1 to 2, got '0'" in refused(capsys, "train", "t.csv", "--target", "0")
    sentence = refused(capsys, "train", "t.csv", "--task", "regression")
    assert sentence == "pynn: t.csv: line 2, column k: expected a number, got 'x'"
    Path("t.csv").write_bytes(b"a,b\n1,\xff\n")
    assert "t.csv: expected CSV as UTF-8 text, got another file" in refused(
        capsys, "train", "t.csv"
    )


def test_twenty_numbers_are_classes(capsys: Capture) -> None:
    write("".join(f"1,{n}\n" for n in range(20)))
    printed(capsys, "train", "t.csv", "--epochs", "1")


def test_labels_that_are_whole_numbers_are_in_their_order(capsys: Capture) -> None:
    from pynn.commands.examples import examples

    write("1,10\n2,9.0\n3,10.0\n")
    found = examples("DATA", "t.csv", "train", "classification")
    assert found.classes == ["9", "10"] and found.y.tolist() == [1, 0, 1]
