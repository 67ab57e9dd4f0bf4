"""The package's own files, opened and changed: for this Python only, until they are put back.

A changed file stands in the place of the one on the disk, and the whole package is imported
anew. The kernel then stays out of it: what computes is the Python that can be read.
"""

import importlib
import linecache
import sys
from collections.abc import Mapping, Sequence
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from pynn.lab import errors

ROOT = Path(__file__).parent.parent
KERNEL = "pynn_kernel"
# What a learner looks for first, in the order in which the package is read.
FIRST = (
    *("activations.py", "losses.py", "initializers.py", "layers/layer.py", "layers/neurons.py"),
    *("layers/dense.py", "layers/convolution.py", "layers/pooling.py", "layers/dropout.py"),
    *("layers/normalization.py", "network.py", "optimizers.py", "training.py"),
)


def files() -> list[str]:
    """All files of the package, those that one reads first at the beginning."""
    found = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py")]
    return [*FIRST, *sorted(set(found) - set(FIRST))]


def text_of(path: str) -> str:
    """A file as it was published. Raises ValueError for any other."""
    if path not in files():
        raise ValueError(f"package: expected a file of pynn, got {path}")
    return (ROOT / path).read_text("utf-8")


class Changes(MetaPathFinder):
    """Finds the changed files before anybody looks at the disk.

    texts  by path below the package's folder
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = dict(texts)

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == KERNEL or name.startswith(f"{KERNEL}."):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name.partition(".")[0] != "pynn":
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is None or spec.origin is None:
            return None
        place = Path(spec.origin)
        text = self.texts.get(place.relative_to(ROOT).as_posix())
        if text is None:
            return spec
        return spec_from_file_location(
            name,
            place,
            loader=Changed(str(place), text),
            submodule_search_locations=spec.submodule_search_locations,
        )


class Changed(SourceLoader):
    """Loads a changed file's text, which tracebacks show too."""

    def __init__(self, place: str, text: str) -> None:
        self.place, self.text = place, text
        errors.known(text, place)

    def get_filename(self, fullname: str) -> str:
        return self.place

    def get_data(self, path: str | bytes) -> bytes:
        if path == self.place:
            return self.text.encode()
        raise OSError("a changed file has no byte code")


def import_anew(texts: Mapping[str, str], plain: bool = False) -> None:
    """From now on `import pynn` gives the package with these files changed.

    plain  without the kernel, even if nothing is changed
    Where that fails everything is as it was, and the error is raised.
    """
    kept = {name: module for name, module in sys.modules.items() if _is_ours(name)}
    before = [finder for finder in sys.meta_path if type(finder).__name__ == Changes.__name__]
    sys.meta_path[:] = [finder for finder in sys.meta_path if finder not in before]
    linecache.checkcache()
    if texts or plain:
        sys.meta_path.insert(0, Changes(texts))
    for name in kept:
        del sys.modules[name]
    try:
        importlib.import_module("pynn.lab")
    except BaseException:
        for name in [name for name in sys.modules if _is_ours(name)]:
            del sys.modules[name]
        sys.modules.update(kept)
        sys.meta_path[:] = before + [
            finder for finder in sys.meta_path if not isinstance(finder, Changes)
        ]
        raise


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in ("pynn", KERNEL)
