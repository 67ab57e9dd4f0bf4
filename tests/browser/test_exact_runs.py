"""Planar runs end with the same bits in the browser, by any kernel and by none, as natively."""

import json
from collections.abc import Callable
from pathlib import Path

import exact_runs
import pytest
from playwright.sync_api import Page
from serving import Server
from worker_page import ask_worker

WORKER = Path(__file__).resolve().parent / "python_worker.js"
SEED = 7
PROGRAM = """
import json
from pathlib import Path

import pynn_kernel
import pynn.matmul

Path("exact_runs.py").write_text({source!r})
import exact_runs

def of_kernel(name):
    return dict(vars(pynn_kernel.load(name))) if name else {{}}

found = {{}}
for name, count, batches in json.loads({calls!r}):
    pynn.matmul._kernel = of_kernel(name)
    found[name] = exact_runs.runs(count, batches, {seed})
json.dumps(found)
"""


# Without a kernel NumPy is slow in a browser.
@pytest.mark.parametrize(
    "calls",
    [
        [("relaxed", 20, 50), ("simd", 20, 50), ("", 20, 50)],
        pytest.param(
            [("relaxed", 100, 5000), ("simd", 100, 5000), ("", 100, 300)], marks=pytest.mark.long
        ),
    ],
    ids=["short", "long"],
)
def test_runs_end_with_the_bits_of_native_python(
    calls: list[tuple[str, int, int]],
    copied_site: Path,
    page: Page,
    serve_site: Callable[[Path], Server],
) -> None:
    page.set_default_timeout(0)
    source = Path(exact_runs.__file__).read_text("utf-8")
    program = PROGRAM.format(source=source, calls=json.dumps(calls), seed=SEED)
    reply = ask_worker(page, copied_site, serve_site, WORKER, program)
    assert "error" not in reply, reply
    found = json.loads(reply["text"])
    native = {size: exact_runs.runs(*size, SEED) for size in {tuple(call[1:]) for call in calls}}
    for name, *size in calls:
        assert found[name] == native[tuple(size)], name or "no kernel"
