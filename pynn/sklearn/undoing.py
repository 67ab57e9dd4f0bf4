"""What fails leaves no trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def all_or_nothing(estimator: Any) -> Iterator[None]:
    """Puts an estimator back as it was, its network and optimizer too, when the block fails."""
    before = vars(estimator).copy()
    network = before.get("network_")
    if network is not None:
        optimizer, order = before["_optimizer"], before["_order"]
        kept = network.state(), optimizer.state(), order.bit_generator.state
    try:
        yield
    except BaseException:
        vars(estimator).clear()
        vars(estimator).update(before)
        if network is not None:
            network.restore(kept[0])
            optimizer.restoring(kept[1], network.parameters)()
            order.bit_generator.state = kept[2]
        raise
