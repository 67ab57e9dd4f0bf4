"""The package's own files changed in the lab: mistakes are named, and put back they are gone.

Every case runs in one Python of its own: what it changes is the package itself.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pynn.lab import gradients, package

# File, what stands there, the mistake, the part that has it, and of what its gradient is wrong.
FAULTS: list[tuple[str, str, str, str, str]] = [
    ("activations.py", "np.subtract(a, slope, out=slope)", "np.add(a, slope, out=slope)",
     "Sigmoid", "z"),
    ("activations.py", "np.subtract(1.0, slope, out=slope)", "np.subtract(1.0, a, out=slope)",
     "Tanh", "z"),
    ("activations.py", "np.multiply(da, a > 0.0, out=out)", "np.multiply(da, a >= 0.0, out=out)",
     "ReLU", "z"),
    ("affine.py", "self.matmul(x.T, dz, d_weights)", "self.matmul(-x.T, dz, d_weights)",
     "Dense", "weights"),
    ("layers/dense.py", "        self.add_penalty_gradient()\n        return dx",
     "        grads['bias'] *= 2\n        return dx", "Dense", "bias"),
    ("layers/dense.py", "        return dx", "        return None if dx is None else 0.5 * dx",
     "Dense", "inputs"),
    ("layers/neurons.py", "gradient += sign", "gradient -= sign", "Neurons", "weights"),
    ("layers/convolution.py", "        self.add_penalty_gradient()\n        if dx",
     "        self.grads['weights'] += 1e-3\n        if dx", "Conv2D", "weights"),
    ("layers/convolution.py", "np.copyto(inside, dx[:, rows, columns])",
     "np.copyto(inside, dx[:, rows, columns][:, ::-1])", "Conv2D", "inputs"),
    ("layers/normalization.py", "dx -= shift / len(rows)", "pass", "BatchNorm", "inputs"),
    ("layers/normalization.py", "dx.sum(axis=0, out=scale)", "dx.mean(axis=0, out=scale)",
     "BatchNorm", "scale"),
    ("layers/dropout.py", "np.multiply(da, self.scale, out=da)", "da", "Dropout", "inputs"),
    ("layers/pooling.py", "", "", "", ""),
    ("losses.py", "            np.divide(exponentials, sums, out=gradient)\n"
     "            gradient -= targets", "            np.divide(exponentials, sums, out=gradient)",
     "CrossEntropy", "z"),
    ("losses.py", "gradient *= factor", "gradient *= 1.0", "Loss", "z"),
    ("losses.py", "SIGMOID.forward(z, out=gradient)", "gradient[...] = z", "BinaryCrossEntropy",
     "z"),
    ("network.py", "for layer in reversed(hidden):", "for layer in reversed(hidden[1:]):",
     "Network", "weights"),
    ("layers/dense.py", "linear_backward(self, dz", "linear_backward(self, dy", "Dense", ""),
]  # fmt: skip

SCRIPT = """
import json, sys, tempfile
from pynn.lab import Lab
lab, posts = Lab(tempfile.mkdtemp()), []
program = '''
from pynn import *
network = Network([Dense(4, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1)
fit(network, [[0, 1], [1, 0]], [0, 1], loss="squared_error", optimizer=SGD(0.1), epochs=3)
print(network.predict([[0, 1], [1, 1]]).tobytes().hex())
'''
def run(changes, text=program):
    posts.clear()
    options = {"files": {}, "changes": changes}
    head = lab.run(text, "program.py", posts.append, options).head
    texts = [e["text"] for p in posts for e in p.head["entries"] if e["kind"] == "text"]
    return {**head, "text": "".join(texts)}
def check(changes):
    return lab.call("check", {"changes": changes}).head
def text(path):
    return lab.call("text", {"path": path}).head["text"]
sys.stdout.write(json.dumps(eval(sys.argv[1], globals() | json.loads(sys.argv[2]))))
"""


def python(expression: str, **names: Any) -> Any:
    """What the expression gives in a fresh Python with a lab."""
    command = [sys.executable, "-c", SCRIPT, expression, json.dumps(names)]
    environment = os.environ | {"PYTHONPATH": str(package.ROOT.parent)}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


def test_gradients_of_the_package_are_right() -> None:
    findings, looked = gradients.check_package()
    assert findings == []
    assert looked > 40


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    """What the gradient check says of each fault, one after the other in one Python."""
    changes = []
    for path, old, new, *_ in FAULTS:
        text = package.text_of(path)
        assert text.count(old) >= 1
        changes.append({path: text.replace(old, new)} if old else {})
    found: list[dict[str, Any]] = python("[check(one) for one in changes]", changes=changes)
    return found


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_wrong_gradient_is_named(found: list[dict[str, Any]], number: int) -> None:
    *_, part, what = FAULTS[number]
    findings = found[number]["findings"]
    assert {finding["part"] for finding in findings} == ({part} if part else set())
    assert not part or what in {finding["what"] for finding in findings}
    assert all(finding["error"] is None or finding["error"] > 1e-6 for finding in findings)


def test_gradients_that_are_added_up_are_told_apart_from_wrong_ones() -> None:
    path = "affine.py"
    text = package.text_of(path).replace("self.matmul(x.T, dz, d_weights)", "d_weights += x.T @ dz")
    head = python("check(changes)", changes={path: text})
    assert {finding["part"] for finding in head["findings"]} >= {"Dense"}
    assert all(finding["again"] for finding in head["findings"] if finding["case"] == "")


def test_change_holds_until_it_is_put_back_and_then_every_bit_is_as_before() -> None:
    text = package.text_of("activations.py").replace("np.tanh(z, out=out)", "np.sin(z, out=out)")
    changes = {"activations.py": text}
    before, changed, again, after = python(
        "[run({}), run(changes), run(changes), run({})]", changes=changes
    )
    assert {one["status"] for one in (before, changed, again, after)} == {"finished"}
    assert changed["text"] != before["text"]
    assert again["text"] == changed["text"]
    assert after["text"] == before["text"]
    assert [one["damage"] for one in (before, changed, again, after)] == [None] * 4


def test_pictures_and_errors_work_with_changes_in_force() -> None:
    text = package.text_of("layers/dense.py").replace(
        "        weights, grads = self.params", "        oops\n        weights, grads = self.params"
    )
    program = (
        "from pynn import *\nfrom pynn import show\nshow.table([[1]])\nprint(1)\n"
        "network = Network([Dense(1, 'sigmoid')], inputs=2)\n"
        "train_step(network, [[0, 1]], [[1]], 'squared_error', SGD(0.1))"
    )
    head = python("run(changes, program)", changes={"layers/dense.py": text}, program=program)
    assert head["text"] == "1\n"
    assert head["error"]["type"] == "NameError"
    assert head["error"]["line"] == 6
    # The traceback shows the changed line.
    assert "    oops\n" in head["error"]["trace"]


@pytest.mark.parametrize(
    ("old", "new", "kind", "line"),
    [
        ("from pynn.matmul import Array", "from pynn.matmul import Nothing", "ImportError", 8),
        ("class Dense(Neurons):", "class Dense(Neurons", "SyntaxError", 12),
    ],
)
def test_file_that_cannot_be_imported_is_named_and_the_rest_goes_on(
    old: str, new: str, kind: str, line: int
) -> None:
    text = package.text_of("layers/dense.py").replace(old, new)
    broken, after = python("[run(changes), run({})]", changes={"layers/dense.py": text})
    assert broken["error"]["type"] == kind
    assert broken["error"]["changed"] == "layers/dense.py"
    assert broken["error"]["line"] == line
    assert after["status"] == "finished"


def test_files_are_listed_in_reading_order_and_no_other_file_is_read() -> None:
    files = package.files()
    assert files[0] == "activations.py"
    assert "layers/dense.py" in files
    assert len(files) == len(set(files)) == len(list(package.ROOT.rglob("*.py")))
    with pytest.raises(ValueError, match="expected a file of pynn"):
        package.text_of("../pyproject.toml")
    assert package.text_of("network.py") == Path(package.ROOT, "network.py").read_text("utf-8")
