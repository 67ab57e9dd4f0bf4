"""What a first visit costs: a table of the site's parts, and a budget that must hold."""

import gzip
from pathlib import Path

from paths import files_below
from problem import Problem

# Megabytes that a server with gzip sends before the page is ready; MNIST, the lab and the
# documentation come later, as asked for, the wheel to take home only to those who take it, and the
# picture to who shows a link.
BUDGET = 11.0
MEGABYTE = 1e6
LATER = " (when asked for)"


def part_of(name: str) -> str:
    """The row of the table that a file belongs to."""
    if name.startswith("mnist/"):
        return f"MNIST{LATER}"
    if name.startswith("package/"):
        return f"wheel to take home{LATER}"
    if name.startswith("lab/"):
        return f"lab{LATER}"
    if name.startswith("docs/"):
        return f"documentation{LATER}"
    if name.startswith("preview/"):
        return f"picture for links{LATER}"
    if name.startswith(("recording/", "presets/")):
        return "recorded runs"
    if name.endswith(".whl.gzip"):
        return f"{Path(name).name.partition('-')[0]} wheel"
    if "python_stdlib" in name:
        return "Python's standard library"
    if name.startswith("pyodide/"):
        return "Python's runtime"
    return "page"


def measure(site: Path) -> dict[str, tuple[int, int]]:
    """Raw and gzipped bytes of each part."""
    rows: dict[str, tuple[int, int]] = {}
    for path in files_below(site):
        content = path.read_bytes()
        # Zip and gzip files gain nothing from a second round, and servers do not try.
        packed = path.suffix in {".gzip", ".zip", ".whl"}
        sent = len(content) if packed else len(gzip.compress(content, 6))
        raw_before, sent_before = rows.get(
            part := part_of(path.relative_to(site).as_posix()), (0, 0)
        )
        rows[part] = (raw_before + len(content), sent_before + sent)
    return rows


def report(site: Path, budget: float = BUDGET) -> None:
    """Prints the table; raises Problem over the budget."""
    rows = measure(site)
    print(f"\n{'part':36}{'raw MB':>10}{'gzip MB':>10}")
    for part, (raw, sent) in sorted(rows.items(), key=lambda row: -row[1][1]):
        print(f"{part:36}{raw / MEGABYTE:>10.2f}{sent / MEGABYTE:>10.2f}")
    first_visit = sum(sent for part, (_, sent) in rows.items() if not part.endswith(LATER))
    total = first_visit / MEGABYTE
    print(f"{'first visit':36}{'':>10}{total:>10.2f}  (at most {budget:.2f})")
    if total > budget:
        raise Problem(f"A first visit takes {total:.2f} MB gzipped, more than {budget:.2f} MB.")
