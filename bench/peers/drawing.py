"""What a frame costs the playground: training in slices, each with its maps, or in one."""

import json
import time

from pynn.live import Desk

SLICE = 12  # milliseconds, as the page asks for them


def epochs_a_second(dataset: str, frames: bool, seconds: float) -> str:
    """As JSON; with frames one is made after every slice, else one at the end."""
    desk = Desk(data_folder="/nowhere")
    desk.call("planar", "open", {"dataset": dataset})
    start = time.perf_counter()
    spent = 0.0
    while spent < seconds:
        budget = SLICE if frames else 1000 * seconds
        frame = desk.call("planar", "advance", {"milliseconds": budget})
        spent = time.perf_counter() - start
    return json.dumps(frame.head["epoch"] / spent)
