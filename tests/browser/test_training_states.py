"""A training that is kept goes on bit by bit in the page's Python too, and from there natively."""

import base64
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import training_runs
from playwright.sync_api import Page
from serving import Server
from worker_page import ask_worker

from pynn import load, save

HERE = Path(__file__).resolve().parent
PROGRAM = '''
import base64, copy, io, json, pickle, sys, types
import numpy as np
import pynn.matmul
from pynn import load, save

runs = types.ModuleType("training_runs")
sys.modules["training_runs"] = runs
exec({source!r}, vars(runs))
if not {kernel}:
    pynn.matmul.replace(lambda a, b, out: np.matmul(a, b, out=out))

def interrupted(number):
    """Whether all go on as the whole one did: in place, afresh, through a file, and copies."""
    run = runs.training_run(number)
    whole, stopped = run.make(), run.make()
    draw = np.random.default_rng(3)
    run.go(whole, run.moment + run.more, draw)
    run.go(stopped, run.moment, draw)
    state, file = stopped.state(), io.BytesIO()
    save(stopped, file)
    file.seek(0)
    afresh, from_file = run.make(), run.make()
    afresh.restore(state)
    from_file.restore(load(file))
    copied, pickled = copy.deepcopy(stopped), pickle.loads(pickle.dumps(stopped))
    run.go(stopped, 5, draw)
    stopped.restore(state)
    again = (stopped, afresh, from_file, copied, pickled)
    for training in again:
        run.go(training, run.more, draw)
    return [runs.weights(training) == runs.weights(whole) for training in again]

def handed_over(number, content):
    """The file of a native training; its next losses here, and a file of its own."""
    run = runs.training_run(number)
    training = run.make()
    training.restore(load(io.BytesIO(base64.b64decode(content))))
    losses = run.go(training, 6, np.random.default_rng(4))
    file = io.BytesIO()
    save(training, file)
    return [losses, base64.b64encode(file.getvalue()).decode()]

json.dumps({{
    "same": [interrupted(number) for number in range({count})],
    "kernel": bool(pynn.matmul._kernel),
    "over": [handed_over(number, content) for number, content in {native!r}.items()],
}})
'''


def native_files() -> dict[int, str]:
    files = {}
    for number in (0, 1, 2):
        run, file = training_runs.training_run(number), io.BytesIO()
        training = run.make()
        run.go(training, 10, np.random.default_rng(3))
        save(training, file)
        files[number] = base64.b64encode(file.getvalue()).decode()
    return files


@pytest.mark.parametrize("kernel", [True, False], ids=["kernel", "numpy"])
@pytest.mark.parametrize("runs", [40, pytest.param(210, marks=pytest.mark.long)])
def test_trainings_go_on_in_the_page_as_if_they_had_never_stopped(
    copied_site: Path, page: Page, serve_site: Callable[[Path], Server], kernel: bool, runs: int
) -> None:
    page.set_default_timeout(0)
    source = Path(training_runs.__file__).read_text()
    native = native_files()
    program = PROGRAM.format(source=source, kernel=kernel, count=runs, native=native)
    reply = ask_worker(page, copied_site, serve_site, HERE / "python_worker.js", program)
    assert "error" not in reply, reply
    found = json.loads(reply["text"])
    assert found["kernel"] == kernel
    assert found["same"] == [[True] * 5] * runs
    for (number, content), (losses, file) in zip(native.items(), found["over"], strict=True):
        run = training_runs.training_run(number)
        there, back = run.make(), run.make()
        there.restore(load(io.BytesIO(base64.b64decode(content))))
        ours = run.go(there, 6, np.random.default_rng(4))
        np.testing.assert_allclose(losses, ours, rtol=1e-3)
        back.restore(load(io.BytesIO(base64.b64decode(file))))
        plain = back.state().plain
        assert plain.get("batches/order") == there.state().plain.get("batches/order")
        np.testing.assert_allclose(next(back).loss, next(there).loss, rtol=1e-2)
