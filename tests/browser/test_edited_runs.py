"""Runs that are changed on the way, in the browser: their scripts give the same bits natively."""

import json
from collections.abc import Callable
from pathlib import Path

import edited_runs
import live_runs
import pytest
from edited_runs import edited_run, run_script
from playwright.sync_api import Page
from serving import Server
from worker_page import ask_worker

WORKER = Path(__file__).resolve().parent / "python_worker.js"
PROGRAM = """
import json
from pathlib import Path

Path("live_runs.py").write_text({runs!r})
Path("edited_runs.py").write_text({edited!r})
import edited_runs

json.dumps([edited_runs.edited_run(seed, {steps}) for seed in range({count})])
"""


@pytest.mark.parametrize(
    ("count", "steps"),
    [(8, 300), pytest.param(40, 5000, marks=pytest.mark.long)],
    ids=["short", "long"],
)
def test_the_scripts_of_runs_in_the_browser_give_the_same_weights_natively(
    count: int,
    steps: int,
    copied_site: Path,
    page: Page,
    serve_site: Callable[[Path], Server],
) -> None:
    page.set_default_timeout(0)
    runs, edited = (Path(m.__file__).read_text("utf-8") for m in (live_runs, edited_runs))
    program = PROGRAM.format(runs=runs, edited=edited, steps=steps, count=count)
    reply = ask_worker(page, copied_site, serve_site, WORKER, program)
    assert "error" not in reply, reply
    for seed, run in enumerate(json.loads(reply["text"])):
        assert run["weights"] == run_script(run["script"]), seed
        assert run["second"]["weights"] == run_script(run["second"]["script"]), seed
        assert run == edited_run(seed, steps), seed
