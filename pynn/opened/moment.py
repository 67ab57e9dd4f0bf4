"""A moment of a step: an array that came to be, and where each of its numbers comes from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pynn.limits import is_int, shown
from pynn.matmul import Array
from pynn.opened.source import Line

# Of a sum of many products so many are told one by one, the largest first.
TOLD = 24
# Of so few, zeros are told as well.
FEW = 8


@dataclass(frozen=True)
class Product:
    """One product of a sum: of what stands at `at` of the first, and the two numbers."""

    at: tuple[int, ...]
    first: float
    second: float

    @property
    def value(self) -> float:
        return self.first * self.second


@dataclass(frozen=True)
class Cell:
    """Where one number comes from.

    equation  in the field's letters; the same in every language
    value     the number itself
    numbers   other numbers of the equation, by their letter
    factors   what the two numbers of each product are called
    products  of the equation's sum, the largest first, not more than `TOLD`; of many the zeros
              are left out
    others    how many more there are, and their sum
    """

    equation: str
    value: float
    numbers: dict[str, float] = field(default_factory=dict)
    factors: tuple[str, str] = ("", "")
    products: tuple[Product, ...] = ()
    others: tuple[int, float] = (0, 0.0)


@dataclass(frozen=True)
class Moment:
    """An array that came to be in a step.

    phase   forward, loss, backward or update
    layer   number of the layer, from 0; -1 for the loss
    name    of the layer, or of the parameter: dense_1, dense_1.weights, loss
    letter  what the array is called in the equations: z, a, dW …
    values  one example's, so without the batch's axis
    lines   of Python that made it
    explain what `cell` asks
    """

    phase: str
    layer: int
    name: str
    letter: str
    values: Array
    lines: tuple[Line, ...]
    explain: Callable[[tuple[int, ...]], Cell]

    def cell(self, place: int | tuple[int, ...]) -> Cell:
        """Where the number at that place comes from: an index, or one into the flat array.

        Raises IndexError.
        """
        if isinstance(place, tuple):
            try:
                place = int(np.ravel_multi_index(place, self.values.shape, mode="raise"))
            except (TypeError, ValueError):
                raise IndexError(
                    f"cell: expected a place in {self.values.shape}, got {shown(place)}"
                ) from None
        if not is_int(place) or not 0 <= place < self.values.size:
            raise IndexError(f"cell: expected 0 to {self.values.size - 1}, got {shown(place)}")
        return self.explain(tuple(int(i) for i in np.unravel_index(place, self.values.shape)))


def sum_of(
    equation: str,
    factors: tuple[str, str],
    value: float,
    places: Sequence[tuple[int, ...]],
    first: Array,
    second: Array,
    numbers: Mapping[str, float] | None = None,
    *,
    zeros: bool = False,
) -> Cell:
    """A sum of products, with more numbers perhaps; told with its zeros or without."""
    a, b = first.ravel().astype(np.float64), second.ravel().astype(np.float64)
    sizes = np.abs(a * b)
    order = np.argsort(-sizes, kind="stable")
    many = len(sizes) if zeros or len(sizes) <= FEW else max(1, int(np.count_nonzero(sizes)))
    told = order[: min(TOLD, many)]
    products = tuple(Product(tuple(places[i]), float(a[i]), float(b[i])) for i in told)
    rest = order[len(told) :]
    others = len(rest), float((a[rest] * b[rest]).sum())
    return Cell(equation, float(value), dict(numbers or {}), factors, products, others)
