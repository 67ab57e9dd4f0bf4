"""Links with garbage in them: each opens a network that trains, whatever is left out of it."""

import numpy as np
import pytest
from garbage_links import garbage_link, opened_leniently

from pynn.live import Desk


@pytest.mark.parametrize("count", [1500, pytest.param(10_000, marks=pytest.mark.long)])
def test_every_link_opens_a_network_that_trains(count: int) -> None:
    draw, desk, right = np.random.default_rng(5), Desk(), 0
    for _ in range(count):
        frame, refused = opened_leniently(desk, garbage_link(draw))
        right += refused == 0
        assert np.isfinite(frame.array("map")).all() and frame.head["status"] in (
            "ready",
            "diverged",
        )
        again = desk.call("planar", "open", frame.head["link"])
        assert again.head["link"] == frame.head["link"]
        after = desk.call("planar", "advance", {"milliseconds": 0, "steps": 1})
        assert "error" not in after.head
    assert 10 < right < count  # some are right, and not all
