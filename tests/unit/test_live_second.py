"""Two networks side by side on one desk: the second has the settings of the first but for some."""

from typing import Any

import numpy as np
import pytest
from edited_runs import fingerprint, run_script
from live_runs import asked, run_of

from pynn.live import Desk
from pynn.live.second import read_second
from pynn.settings import SettingsError


def test_differences_are_read_and_checked() -> None:
    assert read_second("") == {}
    told = read_second("optimizer_sgd*learning-rate_0,3*network-shape_8,4*activation_leaky_relu")
    assert told == {
        "optimizer": "sgd", "learning_rate": 0.3, "network_shape": [8, 4],
        "activation": "leaky_relu",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["foo", "optimizer", "optimizer_eve", "seed_3", "dataset_xor", "task_x", "edits_", "*"]
)
def test_others_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^compare: expected ") as caught:
        read_second(text)
    assert caught.value.values["name"] == "compare"


def test_runs_of_two_names_leave_one_another_alone() -> None:
    desk, alone = Desk(), Desk()
    base = {"dataset": "spiral", "seed": 4, "compare": "optimizer_sgd"}
    asked(desk, "planar", "open", **base)
    asked(desk, "planar/second", "open", **base | {"compare": "", "optimizer": "sgd"})
    asked(alone, "planar", "open", **base | {"optimizer": "sgd"})
    for _ in range(5):
        asked(desk, "planar", "advance", milliseconds=60_000, steps=11)
        asked(desk, "planar/second", "advance", milliseconds=60_000, steps=11)
    asked(alone, "planar", "advance", milliseconds=60_000, steps=55)
    first, second, wanted = (
        run_of(d, name) for d, name in
        ((desk, "planar"), (desk, "planar/second"), (alone, "planar"))
    )  # fmt: skip
    np.testing.assert_array_equal(first.sets[0][0], second.sets[0][0])  # type: ignore[attr-defined]
    assert fingerprint(second.network) == fingerprint(wanted.network)
    assert fingerprint(first.network) != fingerprint(second.network)
    asked(desk, "planar/second", "put", changes="")
    script = asked(desk, "planar/second", "script").head["script"]
    assert run_script(script) == fingerprint(second.network)
    assert desk.call("nothing/second", "open", {}).head["error"]["code"] == "unknown"


def test_a_run_from_a_file_goes_on_with_its_own_settings() -> None:
    desk, other = Desk(), Desk()
    settings: dict[str, Any] = {"dataset": "own", "points": "AAAAIAQA", "features": "x1", "seed": 9}
    asked(desk, "planar", "open", **settings)
    asked(desk, "planar", "advance", milliseconds=60_000, steps=7)
    blob = asked(desk, "planar", "keep").blob
    frame = asked(other, "planar", "resume", run=blob)
    assert frame.head["settings"]["features"] == ["x1"] and frame.head["step"] == 7
    for each in (desk, other):
        asked(each, "planar", "advance", milliseconds=60_000, steps=5)
    one, two = (run_of(each, "planar").network for each in (desk, other))
    assert fingerprint(one) == fingerprint(two)
    assert other.call("planar", "resume", {"run": b"x"}).head["error"]["type"] == "ModelFileError"
