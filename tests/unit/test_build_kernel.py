"""The kernel's wheel: both builds, the same bytes every time, and nothing left to chance."""

import shutil
import zipfile
from pathlib import Path

import kernel_wheel
import pytest
from problem import Problem

import pynn


def test_wheel_holds_both_builds_and_the_licence(tmp_path: Path) -> None:
    wheel = kernel_wheel.kernel_wheel(tmp_path)
    assert wheel.name == f"pynn_kernel-{pynn.__version__}-{kernel_wheel.wheel_tag()}.whl"
    with zipfile.ZipFile(wheel) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for variant in kernel_wheel.VARIANTS:
        assert contents[f"pynn_kernel/{variant}.wasm"].startswith(b"\0asm")
    assert contents["pynn_kernel/relaxed.wasm"] != contents["pynn_kernel/simd.wasm"]
    assert any(name.endswith("licenses/LICENSE") for name in contents)
    # Pyodide would compile a *.so while it unpacks, and drop the wheel where one does not compile.
    assert not any(name.endswith(".so") for name in contents)


def test_the_same_sources_give_the_same_module_wherever_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kernel_wheel.compile_variant("simd", tmp_path)
    elsewhere = Path(shutil.copytree(kernel_wheel.SOURCES, tmp_path / "elsewhere"))
    monkeypatch.setattr(kernel_wheel, "SOURCES", elsewhere)
    monkeypatch.setattr(kernel_wheel, "CACHE", tmp_path / "cache")
    assert kernel_wheel.compile_variant("simd", tmp_path) == first


def test_a_mistake_in_the_source_is_told_with_the_compilers_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.c").write_text("int broken(void) { return missing; }\n")
    monkeypatch.setattr(kernel_wheel, "SOURCES", tmp_path)
    with pytest.raises(Problem, match=r"broken\.c[\s\S]*missing"):
        kernel_wheel.compile_variant("simd", tmp_path)
