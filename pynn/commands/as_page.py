"""What `digits` and `planar` share: an experiment of the page, trained without one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pynn.files import save
from pynn.live.digits import DigitsExperiment
from pynn.live.experiment import Experiment
from pynn.live.planar import PlanarExperiment
from pynn.show.bars import Bar
from pynn.steps import Diverged

SLICE = 250.0  # milliseconds of training between two looks at how it goes
REASONS = {
    "loss_not_finite": "the loss is no longer a finite number; try a smaller learning rate",
    "weights_not_finite": "a weight is no longer a finite number; try a smaller learning rate",
}


@contextmanager
def training(experiment: DigitsExperiment | PlanarExperiment, where: Path | None) -> Iterator[Bar]:
    """A bar to draw on; when Ctrl-C comes, what was trained until then is saved."""
    bar = Bar()
    try:
        yield bar
        bar.clear()
    except KeyboardInterrupt:
        bar.clear()
        print(f"interrupted after epoch {experiment.epoch}")
        finish(experiment, where)
        raise


def finish(experiment: Experiment, where: Path | None) -> None:
    """Saves what was trained. Raises Diverged where that makes no sense."""
    if experiment.reason is not None:
        raise Diverged(REASONS[experiment.reason])
    if where is not None:
        save(experiment.network, where)
        print(f"saved {where}")
