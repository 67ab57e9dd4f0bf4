"""What a program shows while it runs: `from pynn import show`.

    for epoch in show.progress(range(10)):
        ...
        show.line(f"epoch {epoch}")
        show.curve("loss", epoch, loss)
    show.image(weights, name="weights", signed=True)
    show.network(network)
    show.table(confusion_matrix(network, x_test, y_test))
    show.compare("accuracy", "96.48 %", f"{accuracy:.2%}")

A terminal prints what can be printed, and a notebook shows it all below its cell, pictures
where matplotlib is installed; with `show.to(backend)` something else gets it.
"""

from pynn.show.calls import (
    compare,
    curve,
    file,
    image,
    line,
    map,
    network,
    progress,
    setting,
    table,
    to,
)

__all__ = [
    "compare",
    "curve",
    "file",
    "image",
    "line",
    "map",
    "network",
    "progress",
    "setting",
    "table",
    "to",
]
