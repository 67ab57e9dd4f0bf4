"""Results as Markdown: tables of series, and what the machine is."""

import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from runners import Series


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A column whose cells all begin with a letter stays left, numbers go right."""
    columns = list(zip(*rows, strict=True)) or [()] * len(head)
    words = [all(cell[:1].isalpha() for cell in column) for column in columns]
    rule = ["---" if left else "---:" for left in words]
    return ["| " + " | ".join(row) + " |" for row in (head, rule, *rows)]


def seconds(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def spread(values: Sequence[float]) -> str:
    return f"{seconds(min(values))}–{seconds(max(values))}"


def ratio(value: float, to: float | None) -> str:
    return f"{value / to:.2f}" if to else "–"


def epochs_table(series: Sequence[Series], reference: str, epochs: int) -> list[str]:
    """One line for each peer: median, least and most, ratio to the reference, accuracy."""
    named = {(one.name, one.place): one.median for one in series}
    to = named.get((reference, "Chromium"))
    rows = []
    for one in series:
        if not one.values:
            rows.append([one.name, one.place, f"left out: {one.problem}", "", "", "", ""])
            continue
        median = one.median or 0.0
        share = "–" if one.accuracy is None else f"{one.accuracy:.2%}"
        failed = f" (then failed: {one.problem})" if one.problem else ""
        rows.append(
            [
                one.name + failed,
                one.place,
                seconds(median),
                spread(one.values),
                str(len(one.values)),
                ratio(median, to),
                share,
            ]
        )
    head = ["peer", "where", "median s", "min–max", "n", "× shipped", f"accuracy after {epochs}"]
    return table(head, rows)


def machine(browser: str) -> list[str]:
    """Processor, system, versions, load: what the figures hang on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":")[1] for line in info.read_text().splitlines() if "model name" in line
        ]
        cpu = f"{names[0].strip()}, {len(names)} cores" if names else cpu
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    return [
        f"- {cpu}; {platform.system()} {platform.release()}",
        f"- Chromium {browser}; Python {platform.python_version()}; Node {node.stdout.strip()}",
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {load()}",
    ]


def load() -> str:
    path = Path("/proc/loadavg")
    return f"load average at the start {path.read_text().split()[0]}" if path.exists() else ""
