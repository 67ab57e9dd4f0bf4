"""Random runs of the playground that a person changes on the way, and what repeats them.

They are made natively and in the browser, from the same seeds.
"""

import hashlib
import io
from contextlib import redirect_stdout
from typing import Any

import numpy as np
from live_runs import asked, run_of

from pynn import Network
from pynn.datasets import FEATURES, PLANAR, write_points
from pynn.initializers import FROM_PAPERS
from pynn.live import Desk
from pynn.live.planar_task import EDITED, HIDDEN
from pynn.live.second import read_second
from pynn.optimizers import OPTIMIZERS


def fingerprint(network: Network) -> str:
    """Of the bits of all weights."""
    return hashlib.sha256(b"".join(a.tobytes() for a in network.parameters.values())).hexdigest()


def run_script(script: str) -> str:
    """The fingerprint of a script's network."""
    names: dict[str, Any] = {"__name__": "__main__"}
    with redirect_stdout(io.StringIO()):
        exec(compile(script, "script.py", "exec"), names)
    return fingerprint(names["network"])


def random_settings(draw: np.random.Generator) -> dict[str, Any]:
    """One of all sorts, and of all sizes up to the largest."""
    shape = [int(units) for units in draw.integers(1, 9, draw.integers(0, 9))]
    pick = lambda options: str(draw.choice(options))  # noqa: E731
    own = [pick(HIDDEN) for _ in shape] if draw.random() < 0.4 else []
    points = draw.uniform(-1.2, 1.2, (int(draw.integers(1, 2000)), 2))
    told = draw.choice(list(FEATURES), int(draw.integers(1, 8)), replace=False).tolist()
    return {
        "dataset": pick([*PLANAR, "own", "own", "own"]),
        "points": write_points(points, draw.integers(0, int(draw.integers(1, 5)), len(points))),
        "count": int(draw.choice([400, 10, 77, 1000])),
        "train_share": float(draw.choice([0.75, 1.0, 0.1, 0.5])),
        "balance": float(draw.choice([1.0, 0.2, 3.0])),
        "features": told if draw.random() < 0.5 else ["x1", "x2"],
        "network_shape": shape,
        "activation": pick(HIDDEN),
        "activations": own,
        "optimizer": pick(list(OPTIMIZERS)),
        "learning_rate": float(draw.choice([0.001, 0.01, 0.03, 0.1])),
        "schedule": pick(["constant", "steps", "cosine"]),
        "decay_steps": int(draw.integers(1, 400)),
        "batch_size": int(draw.integers(1, 60)),
        "seed": int(draw.integers(0, 2**32)),
        "noise": round(float(draw.uniform(0, 0.5)), 3),
        "loss": pick(["cross_entropy", "squared_error"]),
        "initializer": pick(["auto", *FROM_PAPERS]),
        "gain": float(draw.choice([1.0, 1.0, 2.5])),
        "l1": float(draw.choice([0.0, 0.002])),
        "l2": float(draw.choice([0.0, 0.003])),
        "dropout": float(draw.choice([0.0, 0.0, 0.3])),
    }


def change_something(desk: Desk, draw: np.random.Generator) -> None:
    """Weights, biases, what stays and is off; settings; or back to some step."""
    run: Any = run_of(desk, "planar")
    sizes = run.layer_sizes
    kind = draw.integers(0, 6)
    layer = int(draw.integers(1, len(sizes)))
    row, column = int(draw.integers(sizes[layer - 1])), int(draw.integers(sizes[layer]))
    value, flag = draw.normal(), int(draw.integers(2))
    if kind == 0:
        asked(
            desk,
            "planar",
            "put",
            changes=f"w{layer}.{row}.{column}_{value}*b{layer}.{column}_{-value}",
        )
    elif kind == 1:
        asked(
            desk,
            "planar",
            "put",
            changes=f"hold.w{layer}.{row}.{column}_{flag}*hold.b{layer}.{column}_1",
        )
    elif kind == 2 and len(sizes) > 2:
        inner = int(draw.integers(1, len(sizes) - 1))
        asked(
            desk, "planar", "put", changes=f"off{inner}.{int(draw.integers(sizes[inner]))}_{flag}"
        )
    elif kind == 3:
        first = run.timeline.first
        asked(desk, "planar", "rewind", step=int(draw.integers(first, run.step + 1)))
    else:
        other = random_settings(draw)
        names = draw.choice(sorted(EDITED), 2, replace=False)
        asked(desk, "planar", "edit", **run.settings | {str(n): other[str(n)] for n in names})


def second_run(desk: Desk, draw: np.random.Generator, steps: int) -> dict[str, str]:
    """The weights and the script of a second network beside a run, with other settings."""
    other = random_settings(draw)
    first: Any = run_of(desk, "planar")
    texts = [f"{name.replace('_', '-')}_{other[name]}" for name in ("optimizer", "l2", "gain")]
    compare = "*".join(texts)
    settings = first.settings | first.first | {"edits": "", "compare": ""}
    asked(desk, "planar/second", "open", **settings | read_second(compare))
    second: Any = run_of(desk, "planar/second")
    while second.step < steps and second.status != "diverged":
        asked(desk, "planar/second", "advance", milliseconds=60_000, steps=steps - second.step)
    if second.status == "diverged":
        asked(desk, "planar/second", "rewind", step=max(0, second.step - 5))
    asked(desk, "planar/second", "put", changes="")
    script = asked(desk, "planar/second", "script").head["script"]
    return {"weights": fingerprint(second.network), "script": script}


def edited_run(seed: int, steps: int) -> dict[str, Any]:
    """A run of about so many mini-batches: its weights, and the script and the link of it."""
    draw, desk = np.random.default_rng(seed), Desk()
    asked(desk, "planar", "open", **random_settings(draw))
    run: Any = run_of(desk, "planar")
    portion = max(2, steps // 7)
    while run.step < steps and run.status != "diverged":
        if draw.random() < 0.3:
            change_something(desk, draw)
        most = min(int(draw.integers(1, portion)), steps - run.step)
        asked(desk, "planar", "advance", milliseconds=60_000, steps=most)
    if run.status == "diverged":
        asked(desk, "planar", "rewind", step=max(0, run.step - 5))
    # What is measured now is what the script gives.
    asked(desk, "planar", "put", changes="")
    return {
        "second": second_run(desk, draw, run.step),
        "steps": run.step,
        "weights": fingerprint(run.network),
        "script": asked(desk, "planar", "script").head["script"],
        "link": asked(desk, "planar", "edit", **run.settings).head["link"],
    }
