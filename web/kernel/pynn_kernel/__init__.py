"""The matrix kernel of pynn in WebAssembly: products, layers and updates on NumPy's own arrays.

`kernel` holds the functions; what they promise stands in `kernel.c`. `variant` says which of the
two builds is in use: "relaxed", with fused multiply-adds, or "simd" where the browser does not
know relaxed SIMD.
"""

from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

VARIANTS = ["relaxed", "simd"]


def load(variant: str) -> ModuleType:
    """The module in that file; ImportError where the browser cannot compile it.

    The files are not named *.so because Pyodide compiles all of those while it unpacks a wheel,
    and gives up on the whole wheel when one of them fails.
    """
    name, path = f"{__name__}.kernel", str(Path(__file__).with_name(f"{variant}.wasm"))
    spec = spec_from_file_location(name, path, loader=ExtensionFileLoader(name, path))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


try:
    variant = VARIANTS[0]
    kernel = load(variant)
except ImportError:
    variant = VARIANTS[1]
    kernel = load(variant)
