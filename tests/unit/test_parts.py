"""`parts.Page`: sets of cells as integers give what going from cell to cell gives."""

import numpy as np
import pytest

from pynn.parts import Flags, Page, ends


def labelled(flags: Flags) -> list[Flags]:
    """The connected parts, found by going from cell to cell."""
    found = []
    left = {(int(row), int(column)) for row, column in np.argwhere(flags)}
    while left:
        part, border = np.zeros_like(flags), [left.pop()]
        while border:
            row, column = border.pop()
            part[row, column] = True
            around = {(row + down, column + right) for down in (-1, 0, 1) for right in (-1, 0, 1)}
            border += around & left
            left -= around
        found.append(part)
    return found


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (2, 7), (8, 8), (13, 31), (64, 64)])
def test_parts_are_the_connected_ones(shape: tuple[int, int], rng: np.random.Generator) -> None:
    for share in (0.0, 0.05, 0.2, 0.4, 0.8, 1.0):
        flags = rng.random(shape) < share
        page = Page(flags)
        got = sorted(page.flags(part).tobytes() for part in page.parts())
        assert got == sorted(part.tobytes() for part in labelled(flags))
        assert sum(part.bit_count() for part in page.parts()) == flags.sum()


def test_cells_at_opposite_ends_of_two_rows_are_apart() -> None:
    flags = np.zeros((4, 5), bool)
    flags[1, 4] = flags[2, 0] = True
    assert len(Page(flags).parts()) == 2
    flags[1, 3] = flags[2, 2] = flags[2, 1] = True  # a corner joins them
    assert len(Page(flags).parts()) == 1


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (13, 31)])
@pytest.mark.parametrize("times", [0, 1, 3])
def test_grown_adds_all_cells_so_many_steps_away(
    shape: tuple[int, int], times: int, rng: np.random.Generator
) -> None:
    flags = rng.random(shape) < 0.05
    page = Page(flags)
    np.testing.assert_array_equal(page.flags(page.ink), flags)
    padded = np.pad(flags, times)
    side = 2 * times + 1
    wanted = np.lib.stride_tricks.sliding_window_view(padded, (side, side)).any(axis=(2, 3))
    np.testing.assert_array_equal(page.flags(page.grown(page.ink, times)), wanted)
    assert page.grown(page.all, times) == page.all


def test_ends_bound_what_is_true() -> None:
    flags = np.zeros((6, 9), bool)
    assert ends(flags) == (0, 0, 0, 0)
    flags[2, 7] = True
    assert ends(flags) == (2, 3, 7, 8)
    flags[5, 0] = True
    assert ends(flags) == (2, 6, 0, 8)
