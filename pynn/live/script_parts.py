"""What the scripts of all experiments have in common: how to install, and what was changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pynn import __version__
from pynn.live.edits import Edit
from pynn.live.rates import RATE, rate
from pynn.optimizers import OPTIMIZERS

Settings = Mapping[str, Any]
# Another project has the name pynn on PyPI. The page puts its own address in the place of the
# capitals: it offers the wheel.
INSTALL = f"pip install ADDRESS-OF-THE-PAGE/package/pynn_playground-{__version__}-py3-none-any.whl"


def optimizer_words(name: str, rate: str) -> tuple[str, str]:
    """The class of this name in the settings, and what makes one with that rate."""
    made = OPTIMIZERS[name](1.0)
    kind = type(made).__name__
    return kind, f"{kind}({', '.join([rate, *made.words()])})"


def in_parts(
    first: Settings,
    edits: Iterable[Edit],
    steps: int,
    changed: Callable[[Settings, Sequence[Edit]], Iterable[str]],
) -> Iterator[str]:
    """Lines that go through so many steps of `train`, and change between them what was changed.

    first    the settings with which it began
    changed  the lines for edits that are due together, and the settings that then hold
    """
    done, present = 0, dict(first)
    for step, together in groupby(edits, lambda edit: edit.step):
        if step > done:
            yield f"steps.advance({step - done})"
        due = list(together)
        present |= {edit.name: edit.value for edit in due if edit.name in present}
        yield f"# Changed by hand after {step:,} mini-batches:"
        yield from changed(present, due)
        done = step
    if steps > done:
        yield f"steps.advance({steps - done})"


def training_changed(settings: Settings, names: set[str]) -> Iterator[str]:
    """How the optimizer and the mini-batches go on, where settings with these names changed."""
    if names & RATE:
        yield f"optimizer.learning_rate = {rate(settings)}"
    if "batch_size" in names:
        yield f"steps.batches.size = {settings['batch_size']}"
