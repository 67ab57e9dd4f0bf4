"""Matrix products: GFLOP/s over shapes, and their share of what 128-bit SIMD can do here."""

import random
import statistics
from collections.abc import Callable

from chrome import Chrome, ChromeRunner
from native import NativeRunner
from report import table

Shape = tuple[int, int, int, str]

SHAPES: tuple[Shape, ...] = (
    (256, 256, 256, "nn"),
    (512, 512, 512, "nn"),
    (64, 784, 128, "nn"),
    (784, 64, 128, "tn"),
    (64, 10, 128, "nt"),
    (128, 784, 128, "nn"),
    (1000, 784, 128, "nn"),
    (3, 784, 500, "nn"),
    (1, 784, 128, "nn"),
    (32, 32, 32, "nn"),
    (4, 8, 1, "nn"),
)
KINDS = ("simd", "relaxed")
WAYS = ("pynn as shipped", "NumPy in Pyodide", "NumPy natively")


def run(chrome: Chrome, quick: bool) -> list[str]:
    rounds, budget = (2, 0.02) if quick else (7, 0.1)
    pyodide = ChromeRunner(chrome, "pyodide", peer="pynn_peer", kernel=True)
    peak, native = ChromeRunner(chrome, "peak"), NativeRunner("numpy_peer")
    try:
        about = pyodide.open()
        peak.open()
        native.open()
        peaks: dict[str, list[float]] = {kind: [] for kind in KINDS}
        shapes = SHAPES[:3] if quick else SHAPES
        found: dict[Shape, list[list[float]]] = {shape: [[], [], []] for shape in shapes}
        ways: list[Callable[[Shape], float]] = [
            lambda shape: pyodide.call("products", "seconds_a_call", "pynn", *shape, budget),
            lambda shape: pyodide.call("products", "seconds_a_call", "numpy", *shape, budget),
            lambda shape: native.call("products", "seconds_a_call", "numpy", *shape, budget),
        ]
        for _ in range(rounds):
            for kind in KINDS:
                peaks[kind].append(peak.ask(kind))
            for shape, values in found.items():
                for way, own in zip(ways, values, strict=True):
                    own.append(_flops(shape) / way(shape))
        worst = _against_numpy(pyodide, 12 if quick else 150)
    finally:
        for runner in (pyodide, peak, native):
            runner.close()
    best = {kind: statistics.median(values) for kind, values in peaks.items()}
    return _lines(about, best, found, worst)


def _flops(shape: Shape) -> float:
    m, k, n, _ = shape
    return 2e-9 * m * k * n


def _against_numpy(pyodide: ChromeRunner, count: int) -> list[tuple[float, float, Shape]]:
    """(ratio to NumPy's time, microseconds more, shape) of shapes from 1 to 512, worst first."""
    rng = random.Random(0)
    rows = []
    for _ in range(count):
        m, k, n = (round(2 ** rng.uniform(0, 9)) for _ in range(3))
        shape = (m, k, n, rng.choice(["nn", "tn", "nt", "tt"]))
        ours, numpys = (
            min(pyodide.call("products", "seconds_a_call", which, *shape, 0.005) for _ in range(3))
            for which in ("pynn", "numpy")
        )
        rows.append((ours / numpys, 1e6 * (ours - numpys), shape))
    return sorted(rows, reverse=True)


def _lines(
    about: str,
    peaks: dict[str, float],
    found: dict[Shape, list[list[float]]],
    worst: list[tuple[float, float, Shape]],
) -> list[str]:
    peak = peaks["relaxed"]
    rows = []
    for shape, values in found.items():
        ours, numpys, native = map(statistics.median, values)
        low, high = min(values[0]), max(values[0])
        rows.append(
            [
                _text(shape),
                f"{ours:.1f} ({low:.1f}–{high:.1f})",
                f"{ours / peak:.2f}",
                f"{numpys:.1f}",
                f"{ours / numpys:.1f}",
                f"{native:.1f}",
            ]
        )
    head = ["(m, k) by (k, n)", f"{WAYS[0]}", "of the peak", WAYS[1], "ratio", WAYS[2]]
    ratio, more, shape = worst[0]
    slower = sum(1 for one, _, _ in worst if one > 1)
    return [
        "## Matrix products",
        "",
        f"float32, GFLOP/s, medians in turn ({about}); T marks a transposed view. The peak is a",
        f"loop in registers: {peaks['simd']:.1f} GFLOP/s with multiply and add (SIMD128),",
        f"{peaks['relaxed']:.1f} with fused multiply-add (relaxed SIMD), of which the share is.",
        "",
        *table(head, rows),
        "",
        f"Of {len(worst)} random shapes from 1 to 512, {slower} take longer than NumPy's product",
        f"in Pyodide; the worst ratio is {ratio:.2f} ({more:+.1f} µs) at {_text(shape)}, the most",
        f"microseconds more are {max(one for _, one, _ in worst):+.1f}.",
    ]


def _text(shape: Shape) -> str:
    m, k, n, layout = shape
    a, b = (" T" if how == "t" else "" for how in layout)
    return f"({m}, {k}){a} by ({k}, {n}){b}"
