"""The lab's Python: what a program writes and shows, how it ends, and what it leaves behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pynn.frame import Frame
from pynn.lab import Lab, console
from pynn.show.record import MOST_POINTS


class Bench:
    """A lab, and all that its last program posted."""

    def __init__(self, folder: Path) -> None:
        self.lab, self.posts = Lab(folder), list[Frame]()

    def run(self, text: str, **options: Any) -> dict[str, Any]:
        self.posts.clear()
        post = self.posts.append
        return self.lab.run(text, "program.py", post, {"files": {}, **options}).head

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [entry for post in self.posts for entry in post.head["entries"]]

    def text(self, stream: str = "out") -> str:
        return "".join(
            entry["text"]
            for entry in self.entries
            if entry["kind"] == "text" and entry["stream"] == stream
        )


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    before = os.getcwd()
    yield Bench(tmp_path / "lab")
    os.chdir(before)


# Text -------------------------------------------------------------------------------------------
def test_program_runs_as_the_main_one_and_its_text_comes_in_order(bench: Bench) -> None:
    outcome = bench.run("import sys\nprint(__name__, len(sys.argv))\nprint('!', file=sys.stderr)")
    assert outcome["status"] == "finished"
    assert outcome["error"] is None
    assert bench.text() == "__main__ 1\n"
    assert bench.text("err") == "!\n"


def test_first_lines_are_posted_at_once_and_unfinished_ones_when_flushed(bench: Bench) -> None:
    bench.run("print('a')\nprint('b', end='', flush=True)\nprint('c')")
    assert [entry["text"] for entry in bench.entries] == ["a\n", "b", "c\n"]


def test_flood_of_lines_comes_in_few_posts_without_losing_its_end(bench: Bench) -> None:
    outcome = bench.run("for i in range(100_000): print('line', i)")
    assert outcome["status"] == "finished"
    assert len(bench.posts) < console.AT_ONCE + console.POSTS * (outcome["seconds"] + 1) + 2
    lines = bench.text().splitlines()
    assert lines[0] == "line 0"
    assert lines[-1] == "line 99999"
    left = sum(entry["lines"] for entry in bench.entries if entry["kind"] == "left_out")
    assert left + len(lines) == 100_000
    assert max(len(post.head["entries"]) for post in bench.posts) < 10


def test_very_long_line_keeps_its_ends(bench: Bench) -> None:
    bench.run("print('a' * 10_000_000 + 'z')")
    assert len(bench.text()) < 2 * console.MOST_PIECE
    assert bench.text().startswith("aaa")
    assert "characters" in bench.text()


def test_streams_cannot_be_closed_and_take_text_only(bench: Bench) -> None:
    bench.run("import sys\nsys.stdout.close()\nsys.stderr.close()\nprint('still here')")
    assert bench.text() == "still here\n"
    assert bench.run("import sys\nsys.stdout.write(b'bytes')")["error"]["type"] == "TypeError"


# How it ends ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("x = 1\ny = x +\n", "SyntaxError", 2),
        ("def f():\n    return 1 / 0\n\nf()", "ZeroDivisionError", 2),
        ("import numpy as np\nnp.zeros(3) @ np.zeros(4)", "ValueError", 2),
        ("from pynn import Dense\nDense(0)", "ValueError", 2),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 1),
        ("def f(): f()\nf()", "RecursionError", 1),
        ("input('?')", "EOFError", 1),
        ("import no_such_module", "ModuleNotFoundError", 1),
        ("class E(Exception):\n    def __str__(self): return 1\nraise E", "E", 3),
        ("raise ExceptionGroup('two', [ValueError('a'), TypeError('b')])", "ExceptionGroup", 1),
        ("x = 'a\x00b'", "SyntaxError", None),
    ],
)
def test_error_is_told_with_the_programs_own_line(
    bench: Bench, text: str, kind: str, line: int | None
) -> None:
    outcome = bench.run(text)
    error = outcome["error"]
    assert outcome["status"] == "failed"
    assert error["type"] == kind
    if line is not None:
        assert error["line"] == line
    # Who runs it is not part of it.
    assert "pynn/lab" not in error["trace"]
    assert bench.run("print('next')")["status"] == "finished"


def test_traceback_shows_the_lines_of_the_program(bench: Bench) -> None:
    trace = bench.run("def half(x):\n    return x / 0\n\nhalf(3)")["error"]["trace"]
    assert "return x / 0" in trace
    assert 'File "program.py", line 4' in trace


@pytest.mark.parametrize(("code", "told"), [("", ""), ("0", ""), ("'bye'", "bye\n"), ("3", "")])
def test_exit_is_an_end_and_no_error(bench: Bench, code: str, told: str) -> None:
    outcome = bench.run(f"import sys\nprint(1)\nsys.exit({code})\nprint(2)")
    assert (outcome["status"], bench.text(), bench.text("err")) == ("finished", "1\n", told)


# A part of a program ----------------------------------------------------------------------------
def test_part_goes_on_with_the_names_of_the_run_before(bench: Bench) -> None:
    bench.run("x = 20\ndef twice(): return 2 * x")
    bench.run("x += 1\ntwice()", part=2)
    assert bench.text() == "42\n"
    assert bench.run("x", part=1)["status"] == "finished"
    assert bench.run("1 / 0", part=7)["error"]["line"] == 7
    # All of a program begins with nothing.
    assert bench.run("x")["error"]["type"] == "NameError"


# Pictures ---------------------------------------------------------------------------------------
PICTURES = """
import numpy as np
from pynn import Dense, Network, show
network = Network([Dense(3, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1)
show.network(network)
show.table([[1, "a"]], head=["n", "text"])
show.image(np.eye(4), name="eye")
show.map(network, (0, 1, 0, 1), points={"train": [[0.5, 0.5, 1]]})
for x in show.progress(range(1000)):
    show.curve("y", x, x * x)
show.compare("x", "0.50", 0.5, at=object())
show.file("notes.txt", b"notes")
"""


def test_every_call_of_show_gives_an_entry_with_its_numbers(bench: Bench) -> None:
    assert bench.run(PICTURES)["error"] is None
    kinds = [entry["kind"] for entry in bench.entries]
    named = {"network", "table", "images", "map", "points", "progress", "compared", "file"}
    assert set(kinds) == named
    arrays = {name: post.array(name) for post in bench.posts for name, *_ in post.head["arrays"]}
    assert all(array.dtype == np.float32 for array in arrays.values())
    assert bench.entries[-1] == {"kind": "file", "name": "notes.txt"}
    assert bench.posts[-1].blob == b"notes"
    shares = [entry["share"] for entry in bench.entries if entry["kind"] == "progress"]
    assert shares[-1] == 1.0
    (compared,) = (entry for entry in bench.entries if entry["kind"] == "compared")
    assert compared["at"]["at"].startswith("<object")


def test_curve_ends_with_its_last_point_however_many_came(bench: Bench) -> None:
    bench.run("from pynn import show\nfor x in range(50_000): show.curve('y', x, x)")
    last = None
    for post in bench.posts:
        for entry in post.head["entries"]:
            points = post.array(entry["of"]["array"])
            assert len(points) <= MOST_POINTS
            last = points[-1]
    assert last is not None
    assert last.tolist() == [49_999, 49_999]


def test_unnamed_pictures_are_told_apart_by_the_line_that_shows_them(bench: Bench) -> None:
    bench.run(
        "from pynn import show\n"
        "for k in range(3): show.table([[k]])\n"
        "show.table([['other']])\n"
        "show.table([['named']], name='mine')"
    )
    keys = [entry["key"] for entry in bench.entries]
    assert set(keys) == {"line 2", "line 3", "mine"}


def test_huge_pictures_are_made_small(bench: Bench) -> None:
    bench.run(
        "import numpy as np\nfrom pynn import show\n"
        "show.image(np.zeros((500, 40, 40)), name='many')\n"
        "show.image(np.full((5000, 5000), np.nan), name='large')\n"
        "show.table(np.zeros((3000, 300)))"
    )
    many, large, table = bench.entries
    shapes = {name: shape for post in bench.posts for name, _, shape in post.head["arrays"]}
    assert many["count"] == 500
    assert max(max(shape) for shape in shapes.values()) <= console.MOST_SIDE
    assert large["count"] == 1
    assert len(table["rows"]) * len(table["rows"][0]) <= console.MOST_CELLS
    assert table["count"] == 3000


def test_fit_draws_its_live_chart(bench: Bench) -> None:
    bench.run(
        "from pynn import *\n"
        "network = Network([Dense(1, 'sigmoid')], inputs=2)\n"
        "fit(network, [[0, 1], [1, 0]], [0, 1], loss='squared_error', optimizer=SGD(0.1), epochs=4)"
    )
    assert [entry["name"] for entry in bench.entries if entry["kind"] == "points"].count("loss") > 0
    assert bench.text("err") == ""


# Files ------------------------------------------------------------------------------------------
def test_files_lie_beside_the_program_and_what_it_writes_is_told(bench: Bench) -> None:
    text = (
        "from pathlib import Path\n"
        "print(Path('points.csv').read_text())\n"
        "Path('out.txt').write_text('result')"
    )
    outcome = bench.run(text, files={"points.csv": b"1,2"})
    assert bench.text() == "1,2\n"
    assert outcome["written"] == [["out.txt", 6]]
    assert bench.lab.call("file", {"name": "out.txt"}).blob == b"result"
    assert bench.lab.call("file", {"name": "../secret"}).blob is None
    # A file that is taken away is gone.
    assert bench.run(text)["error"]["type"] == "FileNotFoundError"


# What it leaves behind --------------------------------------------------------------------------
# In a Python of its own: the one that runs the tests would be damaged, and changes by itself.
DAMAGE = """
import os, sys, tempfile
import numpy as np
from pynn.lab import Lab
lab, posts = Lab(tempfile.mkdtemp()), []
begun = os.getcwd(), np.geterr()
run = lambda text: lab.run(text, "program.py", posts.append, {"files": {}}).head
first = run(sys.argv[1])["damage"]
if first is None:
    second = run("import sys; assert len(sys.argv) == 1 and sys.getrecursionlimit() > 900")
    assert second["error"] is None and second["damage"] is None
    assert begun == (os.getcwd(), np.geterr())
os.write(1, str(first).encode())
os._exit(0)
"""


def damage(text: str) -> str:
    command = [sys.executable, "-c", DAMAGE, text]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        PICTURES,
        "import os, sys\nos.chdir('/')\nsys.path.append('x')\nsys.setrecursionlimit(500)",
        "import warnings\nwarnings.simplefilter('error')\nimport decimal, json, random",
        "import numpy as np\nnp.seterr(all='raise')\nnp.random.seed(1)\nnp.linalg.svd(np.eye(3))",
        "from pynn import *\nclass Mine(Dense): pass\nMine(3)",
        "from pynn.recipes import perform\nperform('eleven_lines', {})",
        "import sys\nsys.settrace(lambda *a: None)\nsys.stdout = None",
        "1 / 0",
    ],
)
def test_ordinary_program_leaves_a_sound_python(text: str) -> None:
    assert damage(text) == "None"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import pynn; pynn.show.line = print", "pynn.show.line"),
        ("import pynn; pynn.Dense.forward = None", "pynn.layers.dense.Dense.forward"),
        ("import sys; del sys.modules['pynn.layers']", "pynn.layers"),
        ("import sys; sys.modules.clear()", "sys"),
        ("import builtins; builtins.print = None", "builtins.print"),
        ("import builtins; builtins.len = None", "builtins.len"),
        ("from pynn.activations import ACTIVATIONS; ACTIVATIONS.pop('tanh')", "tanh"),
        ("import numpy; numpy.exp = abs", "numpy.exp"),
        ("import os; os.rmdir = None", "os.rmdir"),
    ],
)
def test_damage_is_seen_and_named(text: str, name: str) -> None:
    assert damage(text) == name


# Names ------------------------------------------------------------------------------------------
def names(lab: Lab, text: str) -> list[str]:
    """What may stand at the bar in the text."""
    place = text.index("|")
    args = {"text": text.replace("|", ""), "place": place}
    return [name for name, _ in lab.call("complete", args).head["options"]]


def test_completion_knows_imports_own_names_and_those_of_the_last_run(bench: Bench) -> None:
    lab = bench.lab
    assert "Dense" in names(lab, "from pynn import De|")
    assert "linspace" in names(lab, "import numpy as np\nx = np.lins|")
    assert names(lab, "import numpy as np\nnp.random.default_r|") == ["default_rng"]
    assert "own_name" in names(lab, "own_name = 3\nprint(own_|)")
    assert "lambda" in names(lab, "lamb|")
    assert names(lab, "from pynn.layers.dense import Den|") == ["Dense"]
    bench.run("from pynn import Dense, Network\nnetwork = Network([Dense(1)], inputs=2)")
    assert "predict" in names(lab, "network.pre|")
    # Private names only for who asks for them; what is not known gives nothing, and no error.
    assert not any(name.startswith("_") for name in names(lab, "network.|"))
    assert names(lab, "unknown.thing.|") == []
    assert names(lab, "import os.pa|") == ["path"]


def test_docstring_of_the_name_under_the_cursor(bench: Bench) -> None:
    text = "from pynn import Dense\nDense(3)"
    about = bench.lab.call("describe", {"text": text, "place": len(text) - 5}).head["about"]
    assert about["name"] == "Dense"
    assert "units" in about["signature"]
    assert "activation" in about["doc"]
    assert bench.lab.call("describe", {"text": "1 + 1", "place": 2}).head["about"] is None


def test_nothing_is_run_by_completion(bench: Bench) -> None:
    bench.run(
        "class Loud:\n    @property\n    def value(self): raise RuntimeError('run')\nloud = Loud()"
    )
    assert names(bench.lab, "loud.val|") == ["value"]
    assert names(bench.lab, "loud.value.re|") == []
