"""How a `fit` goes: what is measured of each epoch, and the best network so far."""

from dataclasses import dataclass

from pynn.early_stopping import Best, EarlyStopping
from pynn.limits import shown
from pynn.matmul import Array
from pynn.metrics import measure
from pynn.network import Network
from pynn.optimizer import Optimizer
from pynn.state import State
from pynn.tally import Counted, Tally
from pynn.training_steps import Training

History = dict[str, list[float]]


@dataclass(frozen=True)
class Epoch:
    """An epoch that is over, as `fit` tells it to `on_epoch`."""

    number: int  # from 1
    epochs: int  # that are asked for
    measured: dict[str, float]  # by the names of the history
    network: Network
    optimizer: Optimizer


class Course:
    """The history of a training, which shows every row it learns from to a tally."""

    def __init__(self, steps: Training, held_out: tuple[Array, Array] | None) -> None:
        self.steps, self.held_out, self.loss = steps, held_out, steps.loss
        self.tally = Tally(steps.batches.targets, self.loss, steps.network.last.activation)
        steps.loss = Counted(self.loss, self.tally)
        names = ["loss", *self.tally.names]
        if held_out is not None:
            names += [f"validation_{name}" for name in names]
        self.history: History = {name: [] for name in names}

    def end_epoch(self) -> dict[str, float]:
        """What the epoch came to, which the optimizer's schedule is told too."""
        measured = {"loss": self.steps.running.value, **self.tally.measures}
        self.tally.clear()
        if self.held_out is not None:
            found = measure(self.steps.network, *self.held_out, self.loss)
            measured |= {f"validation_{name}": getattr(found, name) for name in measured}
        for name, value in measured.items():
            self.history[name].append(value)
        self.steps.optimizer.see(measured)
        return measured

    def check_watched(self, who: str, name: str) -> None:
        """ValueError unless the history has that name."""
        if name not in self.history:
            raise ValueError(
                f"fit: expected {who} to watch one of {', '.join(self.history)}, got {shown(name)}"
            )


class BestNetwork:
    """The network as it was after its best epoch."""

    def __init__(self, network: Network, stopping: EarlyStopping) -> None:
        self.network, self.stopping = network, stopping
        self.best = Best(stopping.watch, stopping.least)
        self.state: State | None = None

    def is_over(self, measured: dict[str, float]) -> bool:
        """Keeps a better network; True after too many epochs without one."""
        if self.best.see(measured[self.stopping.watch]) and self.stopping.restore:
            self.state = self.network.state()
        return self.best.waited >= self.stopping.patience

    def bring_back(self) -> None:
        if self.state is not None:
            self.network.restore(self.state)
