"""Planar runs of exact networks end with the same bits: on other processors, with the kernel."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import exact_runs
import numpy as np
import pytest
from kernel_native import native_kernel
from numpy._core._multiarray_umath import __cpu_dispatch__ as features
from numpy._core._multiarray_umath import __cpu_features__ as present

from pynn.exact.generator import TAIL, ExactGenerator

COUNT, BATCHES, SEED = 42, 60, 1
# What the runs come to; the same on whatever machine this is run.
DIGEST = "e5af1e74587437d7"
# Processors as NumPy and OpenBLAS see them: as old as they know, and two in between.
PROCESSORS = {
    "oldest": {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": " ".join(features)},
    "Haswell": {"OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": " ".join(features[1:])},
    "SkylakeX": {"OPENBLAS_CORETYPE": "SkylakeX"},
}
# What such a processor can do; where it is missing, its code would end the process.
NEEDED = {"Haswell": "AVX2", "SkylakeX": "AVX512F"}


@pytest.fixture(scope="module")
def here() -> list[str]:
    return exact_runs.runs(COUNT, BATCHES, SEED)


def run_elsewhere(environment: dict[str, str], *more: str) -> list[str]:
    numbers = map(str, (COUNT, BATCHES, SEED))
    root = Path(exact_runs.__file__).parent.parent
    known = os.environ | {"PYTHONPATH": str(root)} | environment
    command = [sys.executable, "-W", "ignore", exact_runs.__file__, *numbers, *more]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=known)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_runs_come_to_what_they_come_to_everywhere(here: list[str]) -> None:
    assert exact_runs.digest_of(here) == DIGEST


@pytest.mark.parametrize("processor", PROCESSORS)
def test_runs_end_with_the_same_bits_on_other_processors(here: list[str], processor: str) -> None:
    if processor in NEEDED and not present.get(NEEDED[processor]):
        pytest.skip(f"this processor has no {NEEDED[processor]}")
    assert run_elsewhere(PROCESSORS[processor]) == here


@pytest.mark.skipif(
    sys.platform == "win32" or bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    reason="the kernel's C is compiled for POSIX and a Python with the global interpreter lock",
)
def test_runs_end_with_the_same_bits_with_the_kernel(here: list[str], tmp_path: Path) -> None:
    assert run_elsewhere({}, str(native_kernel(tmp_path))) == here


def test_exact_generator_draws_what_any_does_but_in_the_tail() -> None:
    exact = ExactGenerator(np.random.PCG64(3))
    usual = np.random.default_rng(np.random.PCG64(3))
    assert exact.uniform(-2.0, 3.0, 100).tolist() == usual.uniform(-2.0, 3.0, 100).tolist()
    drawn, wanted = exact.normal(0.0, 0.5, 100_000), usual.normal(0.0, 0.5, 100_000)
    tail = np.abs(wanted) > 0.5 * TAIL
    assert 0 < tail.sum() < 100
    assert drawn[~tail].tolist() == wanted[~tail].tolist()
    np.testing.assert_allclose(drawn[tail], wanted[tail], rtol=0, atol=2**-22)
    assert (drawn[tail] * 2**21 % 1 == 0).all()
