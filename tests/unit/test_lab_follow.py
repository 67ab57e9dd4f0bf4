"""One mini-batch line by line: the lines that ran, in their order, with what each of them made."""

import sys

import pytest

from pynn.lab.follow import NETWORKS, SHOWN, follow
from pynn.lab.package import files, text_of


def test_shown_files_are_files_of_the_package() -> None:
    assert set(SHOWN) <= set(files())


@pytest.mark.parametrize("kind", NETWORKS)
def test_every_line_is_one_of_the_file_and_the_pass_goes_forward_and_back(kind: str) -> None:
    before = sys.gettrace()
    lines = follow(kind)
    assert sys.gettrace() is before
    for path, number, _, given, made in lines:
        assert text_of(path).split("\n")[number - 1].strip()
        assert all(len(value) == 3 for value in [*given, *made])
    functions = [function for _, _, function, *_ in lines]
    forward = next(k for k, name in enumerate(functions) if name.endswith(".linear"))
    backward = next(k for k, name in enumerate(functions) if name.endswith(".linear_backward"))
    assert 0 < forward < backward < len(functions) - 1
    assert functions[-1].startswith(("SGD.", "Optimizer."))
    assert [line[:3] for line in follow(kind)] == [line[:3] for line in lines]


def test_values_are_those_of_the_step() -> None:
    lines = follow("dense")
    z = next(
        made[0]
        for _, _, name, _, made in lines
        if name == "Tanh.forward" and made and made[0][0] == "z"
    )
    assert z[1] == "float64 (2, 3)"
    assert z[2].startswith("[[")


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^follow: expected one of dense, .*, got x$"):
        follow("x")
