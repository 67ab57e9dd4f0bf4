"""The learning rates of one run: the first, and what it was changed to while it went on."""


class Rates:
    """Which rate holds from how many updates on."""

    def __init__(self, first: float) -> None:
        self._from = {0: first}

    def change(self, updates: int, rate: float) -> None:
        """The next update, and those after it, are made at this rate."""
        self._from[updates] = rate

    def at(self, updates: int) -> float:
        """The rate of the update after so many."""
        return self._from[max(start for start in self._from if start <= updates)]

    def cut(self, updates: int) -> None:
        """Forgets what it was changed to after so many updates."""
        self._from = {start: rate for start, rate in self._from.items() if start <= updates}

    def pairs(self) -> list[list[float]]:
        """[from how many updates on, which rate], for `restore`."""
        return [[updates, rate] for updates, rate in self._from.items()]

    def restore(self, pairs: list[list[float]]) -> None:
        self._from = {int(updates): float(rate) for updates, rate in pairs}

    def within(self, updates: int) -> dict[int, float]:
        """The rates of the first `updates` updates, each by how many came before it."""
        rates: dict[int, float] = {}
        for start, rate in self._from.items():
            began = start == 0 or start < updates
            if began and [rate] != list(rates.values())[-1:]:
                rates[start] = rate
        return rates
