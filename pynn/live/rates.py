"""The learning rates of one run: the first, and what it was changed to while it went on."""


class Rates:
    """Which rate holds from how many updates on."""

    def __init__(self, first: float) -> None:
        self._from = {0: first}

    def change(self, updates: int, rate: float) -> None:
        """The next update, and those after it, are made at this rate."""
        self._from[updates] = rate

    def within(self, updates: int) -> dict[int, float]:
        """The rates of the first `updates` updates, each by how many came before it."""
        rates: dict[int, float] = {}
        for start, rate in self._from.items():
            began = start == 0 or start < updates
            if began and [rate] != list(rates.values())[-1:]:
                rates[start] = rate
        return rates
