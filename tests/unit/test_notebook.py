"""What a person sees in a Jupyter notebook: real ones, run by nbclient in a real kernel."""

import base64
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ipykernel")
pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")

ROOT = Path(__file__).resolve().parent.parent.parent
FIRST = """
import time
import numpy as np
from pynn import SGD, Dense, Network, fit, show
network = Network([Dense(3, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1)
x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
words = dict(loss="squared_error", optimizer=SGD(0.1))
"""
Run = Callable[..., list[list[Any]]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs cells after the first one; the outputs of each as they stay in the file."""
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")  # jupyter_core warns without it
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("MPLBACKEND", raising=False)

    def in_kernel(*cells: str) -> list[list[Any]]:
        from nbclient import NotebookClient

        whole = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(text) for text in (FIRST, *cells)]
        )
        where = {"metadata": {"path": str(tmp_path)}}
        client = NotebookClient(
            whole, timeout=120, kernel_name="python3", resources=where, allow_errors=True
        )
        client.execute()
        first, *others = (cell.outputs for cell in whole.cells)
        assert first == []
        return others

    return in_kernel


def texts(outputs: list[Any]) -> list[str]:
    """Of each output the plain text."""
    return [one.get("text") or one.get("data", {}).get("text/plain", "") for one in outputs]


def kinds(outputs: list[Any]) -> list[str]:
    return [next(iter(one["data"])) if "data" in one else one.output_type for one in outputs]


def test_fit_is_one_output_with_a_line_an_epoch(run: Run) -> None:
    three, many, quiet, failed = run(
        "h = fit(network, x, y, epochs=3, validation=(x, y), **words)",
        "h = fit(network, x, y, epochs=150, **words)",
        "h = fit(network, x, y, epochs=3, verbose=False, **words)",
        "h = fit(network, x, y, epochs=3, on_epoch=lambda e: 1 / 0, **words)",
    )
    assert kinds(three) == kinds(many) == ["text/plain"] and quiet == []
    number = r"\d\.\d{4}"
    for place, line in enumerate(texts(three)[0].split("\n"), start=1):
        assert re.fullmatch(
            rf"epoch {place}/3 loss {number}  accuracy {number}  "
            rf"validation loss {number}  validation accuracy {number}  \d+\.\d s",
            line,
        )
    lines = texts(many)[0].split("\n")
    assert lines[0] == "(50 lines before)" and len(lines) == 101
    assert lines[1].startswith("epoch 51/150 ") and lines[-1].startswith("epoch 150/150 ")
    assert texts(failed)[0].startswith("epoch 1/3 loss") and kinds(failed)[1] == "error"


def test_bar_changes_in_place_and_stays_where_the_loop_was_left(run: Run) -> None:
    whole, left, two = run(
        "for k in show.progress(range(3)):\n    show.line(f'turn {k}')\n    time.sleep(0.12)",
        "for k in show.progress(range(4)):\n    time.sleep(0.12)\n    1 / (2 - k)",
        "for k in show.progress('ab'): pass\nfor k in show.progress('ab'): pass",
    )
    assert texts(whole)[0] == f"[{'=' * 24}] 100%"
    assert "".join(texts(whole)[1:]) == "turn 0\nturn 1\nturn 2\n"
    assert texts(left)[0] == f"[{'=' * 12:<24}]  50%" and kinds(left)[1] == "error"
    assert texts(two) == [f"[{'=' * 24}] 100%"] * 2
    assert all(one.output_type != "stream" or one.name == "stdout" for one in whole + left + two)
    assert not any(sign in text for text in texts(whole + two) for sign in "\r\x1b\b")


def test_download_leaves_a_line_of_how_much_it_was(run: Run) -> None:
    (told,) = run("""
import io, urllib.request
from pynn.datasets import download
class Answer(io.BytesIO):
    headers = {"Content-Length": "3000000"}
urllib.request.urlopen = lambda address, timeout: Answer(bytes(3_000_000))
assert len(download._read("http://x/y", "train-images")) == 3_000_000
""")
    assert texts(told) == [f"[{'=' * 24}] 100%  train-images  3.0 MB"]


def test_tables_are_tables_and_the_newest_of_a_name_is_seen(run: Run) -> None:
    named, unnamed, line, network, compared = run(
        "for k in range(3):\n    show.table([['<b>', k]], head=['a', 'n'], name='t')",
        "def one(k): show.table([[k]])\none(1)\none(2)\nfor k in (3, 4): one(k)",
        "show.table([[1]]); show.table([[2]])",
        "show.network(Network([Dense(100)], inputs=2))",
        "for k in (1, 2):\n    show.compare('error', '0.50', 0.496, updates=10_000 * k)",
    )
    (table,) = named
    assert list(table["data"]) == ["text/html", "text/plain"]
    html = table["data"]["text/html"]
    assert "<caption>t</caption>" in html and "&lt;b&gt;</td>" in html and ">2</td>" in html
    assert html.count("text-align: right") == 2  # the numbers and their head
    assert texts(named) == ["a    n\n<b>  2"]
    assert texts(unnamed) == ["1", "2", "4"] and texts(line) == ["1", "2"]
    assert kinds(network) == ["text/html"] and "300" in texts(network)[0]
    (results,) = texts(compared)
    assert [line.split()[0] for line in results.split("\n")] == ["published", "error", "error"]


def test_pictures_appear_once_each_and_change_in_place(run: Run) -> None:
    pytest.importorskip("matplotlib")
    pictures, loop, figures, plots = run(
        "show.image(np.eye(4), name='eye')\n"
        "show.map(network, (0, 1, 0, 1))\n"
        "show.network(network)\n"
        "show.curve('loss', range(3), [3, 2, 1])",
        "for k in show.progress(range(30)):\n"
        "    show.curve('a', k, k, chart='one')\n"
        "    show.image(np.eye(3) * k)",
        "from pynn.show.figures import Figures\n"
        "with show.to(shown := Figures()):\n"
        "    fit(network, x, y, epochs=12, **words)\n"
        "shown.close()",
        "import matplotlib.pyplot as plt\np = plt.plot([1, 2])\nshow.image(np.eye(4))",
    )
    assert kinds(pictures) == [*["image/png"] * 2, "text/html", *["image/png"] * 2]
    assert texts(pictures)[0] == "<picture eye>"
    png = base64.b64decode(pictures[0]["data"]["image/png"])
    assert png.startswith(b"\x89PNG")
    assert kinds(loop) == ["text/plain", "image/png", "image/png"]
    assert texts(loop)[1:] == ["<picture one>", "<picture>"]
    # A bar, and the curves of the training in the place of its lines.
    assert kinds(figures) == ["text/plain", "image/png", "image/png"]
    assert texts(figures)[1:] == ["<picture loss>", "<picture accuracy>"]
    # A figure of the person's own comes as it always does.
    assert [sorted(one["data"]) for one in plots] == [["image/png", "text/plain"]] * 2


def test_last_points_of_a_cell_are_drawn_when_it_is_over(run: Run) -> None:
    pytest.importorskip("matplotlib")
    fast, whole = run(
        "for k in range(200): show.curve('a', k, k % 7)",
        "show.curve('a', range(200), np.arange(200) % 7)",
    )
    assert len(fast) == 1 and fast[0]["data"] == whole[0]["data"]


def test_without_matplotlib_a_notebook_says_what_is_missing(run: Run) -> None:
    (told,) = run("import sys; sys.modules['matplotlib'] = None\nshow.image(np.eye(2), name='eye')")
    assert texts(told) == ["eye (a picture needs matplotlib: pip install matplotlib)"]


def test_outside_a_kernel_nothing_of_ipython_is_imported() -> None:
    program = (
        "import sys, io, numpy as np\n"
        "from pynn import SGD, Dense, Network, fit, show\n"
        "network = Network([Dense(1)], inputs=1)\n"
        "fit(network, [[1.0]], [[1.0]], loss='squared_error', optimizer=SGD(0.1))\n"
        "show.table([[1]]); show.image(np.eye(2)); show.curve('a', 1, 1)\n"
        "print([name for name in ('IPython', 'matplotlib', 'pynn.show.notebook')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n[]\n"


def test_terminal_of_ipython_is_a_terminal(tmp_path: Path) -> None:
    program = "from pynn import show; show.table([[1]]); [k for k in show.progress('ab')]"
    done = subprocess.run(
        [sys.executable, "-m", "IPython", "--ipython-dir", str(tmp_path), "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("1\n") and done.stderr == ""
