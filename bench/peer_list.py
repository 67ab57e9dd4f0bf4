"""Who takes part, and how each is run; the names are those of the results."""

from collections.abc import Callable

from chrome import Chrome, ChromeRunner
from native import NativeRunner
from runners import Entry
from tasks import Task

SHIPPED = "pynn as shipped"
PLAIN = "pynn on plain NumPy (no kernel)"
BY_HAND = "NumPy by hand"
NATIVE = "pynn"
TORCH = "PyTorch, one thread"
SKLEARN = "scikit-learn MLPClassifier"


def in_chromium(chrome: Chrome) -> dict[str, Callable[[], ChromeRunner]]:
    def make(module: str, **options: object) -> Callable[[], ChromeRunner]:
        return lambda: ChromeRunner(chrome, module, **options)

    return {
        SHIPPED: make("pyodide", peer="pynn_peer", kernel=True),
        f"{SHIPPED}, by fit": make("pyodide", peer="pynn_fit_peer", kernel=True),
        PLAIN: make("pyodide", peer="pynn_peer", kernel=False),
        f"{BY_HAND} in Pyodide": make("pyodide", peer="numpy_peer", kernel=False),
        "TensorFlow.js wasm, model.fit": make("tfjs", backend="wasm"),
        "TensorFlow.js webgl, model.fit": make("tfjs", backend="webgl"),
        "TensorFlow.js cpu, model.fit": make("tfjs", backend="cpu"),
        "TensorFlow.js wasm, gradients by hand": make("tfjs-by-hand", backend="wasm"),
        "jax-js wasm, jit": make("jax", device="wasm"),
        "jax-js webgpu, jit": make("jax", device="webgpu"),
        "jax-js webgl, jit": make("jax", device="webgl"),
        "onnxruntime-web training, with AdamW": make("onnxruntime"),
        "ConvNetJS": make("convnetjs"),
    }


def natively() -> dict[str, Callable[[], NativeRunner]]:
    return {
        NATIVE: lambda: NativeRunner("pynn_peer"),
        f"{NATIVE}, by fit": lambda: NativeRunner("pynn_fit_peer"),
        BY_HAND: lambda: NativeRunner("numpy_peer"),
        TORCH: lambda: NativeRunner("torch_peer"),
        SKLEARN: lambda: NativeRunner("sklearn_peer"),
        f"{SKLEARN}, sparse matrix": lambda: NativeRunner("sklearn_sparse_peer"),
        "SciPy by hand, sparse matrix": lambda: NativeRunner("scipy_peer"),
    }


def takes(name: str, task: Task) -> bool:
    """Whether the peer has what the task asks for, and time enough."""
    lacks: list[str] = []
    if task.convolutions:
        lacks += ["by hand", "onnx", "scikit"]
    if task.data == "xor":
        lacks += ["gradients", "onnx", "ConvNetJS"]
    if task.data != "mnist":
        lacks += ["sparse"]
    if task.timed != "epoch":
        lacks += ["onnx"]  # its training build gives losses only
    if task.name not in ("mnist-10k", "batch-3"):
        lacks += ["by fit"]
    if task.name not in ("mnist-10k", "playground"):
        lacks += ["jax-js webgl"]  # half a minute for 10,000 images
    if task.long:
        lacks += ["js cpu", "webgl", "no kernel", "in Pyodide", "ConvNetJS", "onnx"]
    return not any(word in name for word in lacks)


def entries(chrome: Chrome, task: Task) -> list[Entry]:
    places = {"Chromium": in_chromium(chrome), "native": natively()}
    return [
        Entry(name, place, make)
        for place, makers in places.items()
        for name, make in makers.items()
        if takes(name, task)
    ]
