"""When a training has got no better for a while: what to watch, and the best so far."""

import math
from dataclasses import dataclass

from pynn.limits import check_at_least_0, check_flag, check_whole, shown


@dataclass(frozen=True)
class EarlyStopping:
    """Ends a `fit` that gets no better, and brings its best network back.

    watch     what is to get better, by its name in the history: of a "…loss" or an "…error"
              less is better, of any other ("validation_accuracy", "r2") more
    patience  epochs in a row without a better one, after which it ends
    least     by how much a number must be better than the best one to count
    restore   parameters and statistics are those after the best epoch in the end, however
              the training ends; else those after the last

    Keras counts alike (there `least` is min_delta), but its usual patience is 0, which is as 1,
    and it restores only if it is told to. PyTorch has none.
    """

    watch: str = "validation_loss"
    patience: int = 5
    least: float = 0.0
    restore: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.watch, str):
            raise ValueError(f"EarlyStopping: expected watch as a name, got {shown(self.watch)}")
        check_whole("EarlyStopping", "patience", self.patience)
        check_at_least_0("EarlyStopping", "least", self.least)
        check_flag("EarlyStopping", "restore", self.restore)


class Best:
    """The best number so far of what is called `name`, and for how many epochs it has been."""

    def __init__(
        self, name: str, least: float, value: float | None = None, waited: int = 0
    ) -> None:
        self.sign = 1.0 if name.endswith(("loss", "error")) else -1.0
        self.least, self.value, self.waited = least, value, waited

    def see(self, number: float) -> bool:
        """Whether it is better than all before; NaN never is."""
        before = math.inf if self.value is None else self.sign * self.value
        better = self.sign * number < before - self.least
        if better:
            self.value = number
        self.waited = 0 if better else self.waited + 1
        return better
