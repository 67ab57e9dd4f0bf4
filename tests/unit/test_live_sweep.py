"""Many runs at once: each is the very run that the playground makes of its settings."""

from typing import Any

import numpy as np
import pytest
from live_runs import asked, run_of
from own_points import some_points

from pynn.datasets import write_points
from pynn.live import Desk, Frame


def finished(desk: Desk, **settings: Any) -> tuple[Frame, np.ndarray]:
    """The last frame, and all points of the curves."""
    frame = asked(desk, "sweep", "open", **settings)
    points = [frame.array("curves")]
    while frame.head["status"] != "finished":
        frame = asked(desk, "sweep", "advance", milliseconds=50)
        points.append(frame.array("curves"))
    return frame, np.concatenate(points)


def single(**settings: Any) -> tuple[Desk, Frame]:
    desk = Desk()
    asked(desk, "planar", "open", **settings)
    frame = asked(desk, "planar", "advance", milliseconds=60_000, epochs=12)
    return desk, frame


@pytest.mark.parametrize(
    ("vary", "values", "base"),
    [
        ("seed", [str(seed) for seed in range(3, 23)], {}),
        ("learning_rate", ["0.003", "0.03", "0,3"], {"dataset": "moons"}),
        ("network_shape", ["", "2", "8,4"], {"dataset": "pinwheel"}),
        ("dataset", ["xor", "blobs", "hills", "own"],
         {"points": write_points(*some_points(60)), "features": "x1,sin-x2"}),
        ("features", ["x1", "x1,x2-squared"], {"dataset": "circle", "dropout": 0.2}),
        ("optimizer", ["sgd", "adam"], {"dataset": "quadrants", "balance": 0.3, "count": 80}),
    ],
)  # fmt: skip
def test_each_run_has_the_bits_of_a_single_one(
    vary: str, values: list[str], base: dict[str, Any]
) -> None:
    desk = Desk()
    frame, points = finished(desk, vary=vary, values="|".join(values), epochs=12, **base)
    assert frame.head["runs"][0]["epoch"] == 12
    sweep: Any = run_of(desk, "sweep")
    for place, value in enumerate(values):
        alone, told = single(**base, **{vary: value})
        mine, theirs = sweep.runs[place].network.parameters, run_of(alone, "planar").network
        for name, array in theirs.parameters.items():
            np.testing.assert_array_equal(mine[name], array)
        assert frame.head["runs"][place]["test_loss"] == told.head["test_loss"]
        curve = points[points[:, 0] == place][:, 1:]
        np.testing.assert_array_equal(curve[:, 0], np.arange(13))
        assert curve[-1, 2] == pytest.approx(told.head["test_loss"], rel=1e-6)
        small = frame.array(f"maps/{place}")
        assert small.shape[-2:] == (24, 24) and np.isfinite(small).all()


def test_a_run_that_diverges_holds_no_other_up() -> None:
    frame, _ = finished(
        Desk(), vary="learning_rate", values="0.01|10", epochs=40, dataset="hills",
        optimizer="sgd", activation="relu",
    )  # fmt: skip
    runs = frame.head["runs"]
    assert runs[0]["epoch"] == 40 and runs[1]["status"] == "diverged"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"values": ""}, "type"),
        ({"values": "1|x"}, "type"),
        ({"values": "|".join("1" * 21)}, "runs"),
        ({"vary": "edits", "values": "1"}, "choice"),
        ({"vary": "optimizer", "values": "adam|eve"}, "choice"),
        ({"epochs": 0}, "range"),
        ({"guess": ""}, "unknown"),
    ],
)
def test_what_cannot_be_run_is_refused(settings: dict[str, Any], code: str) -> None:
    assert Desk().call("sweep", "open", settings).head["error"]["code"] == code
