"""build/*.mjs: finding Python, the port, the stamps. Each case runs the real scripts with Node."""

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from paths import ROOT

NODE = shutil.which("node") or "node"
FIND = """
import { findPython } from './build/find-python.mjs';
import { runMain } from './build/problem.mjs';
await runMain(async () => console.log(JSON.stringify(await findPython())));
"""


def run_node(*args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [NODE, *args],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class Machine:
    """A made-up machine: a PATH and a pyenv with programs that say which Python they are."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bin"
        self.pyenv = folder / "pyenv"
        self.path.mkdir()

    def add(self, program: Path, version: str, missing: tuple[str, ...] = ()) -> None:
        numbers = [int(part) for part in version.split(".")]
        answer = json.dumps({"version": numbers, "path": str(program), "missing": missing})
        self.script(program, f"echo '{answer}'")

    def script(self, program: Path, line: str) -> None:
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\n{line}\n")
        program.chmod(0o755)

    def find(self) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.path), "PYENV_ROOT": str(self.pyenv)}
        return run_node("--input-type=module", "--eval", FIND, **environment)

    def found(self) -> str:
        result = self.find()
        assert result.returncode == 0, result.stderr
        return str(json.loads(result.stdout)["path"])


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_newest_fitting_name_on_the_path_is_taken(machine: Machine) -> None:
    for name, version in [("python3", "3.13.9"), ("python3.12", "3.12.1"), ("python3.9", "3.9.1")]:
        machine.add(machine.path / name, version)
    assert machine.found() == str(machine.path / "python3.12")


def test_plain_python3_is_taken_when_it_fits(machine: Machine) -> None:
    machine.add(machine.path / "python3", "3.14.0")
    assert machine.found() == str(machine.path / "python3")


def test_shim_that_refuses_to_run_is_passed_over_for_pyenvs_own_folder(machine: Machine) -> None:
    refusal = "echo 'pyenv: command not found' >&2; exit 127"
    machine.script(machine.path / "python3.13", refusal)
    machine.add(machine.path / "python3", "3.11.7")
    for version in ("3.9.18", "3.12.1", "3.13.0", "3.11.7"):
        machine.add(machine.pyenv / "versions" / version / "bin/python", version)
    assert machine.found() == str(machine.pyenv / "versions/3.13.0/bin/python")


def test_python_without_ensurepip_is_passed_over(machine: Machine) -> None:
    machine.add(machine.path / "python3.13", "3.13.5", missing=("ensurepip",))
    machine.add(machine.path / "python3.12", "3.12.1")
    assert machine.found() == str(machine.path / "python3.12")


def test_only_a_python_without_ensurepip_gives_the_sentence_that_mends_it(
    machine: Machine,
) -> None:
    machine.add(machine.path / "python3", "3.13.5", missing=("ensurepip",))
    result = machine.find()
    assert result.returncode == 1
    assert result.stderr.strip() == (
        f"Python 3.13.5 ({machine.path}/python3) lacks ensurepip: on Debian and Ubuntu, "
        "`apt-get install python3.13-venv` adds what is missing."
    )


@pytest.mark.parametrize("version", [None, "3.11.2", "2.7.18", "3.15.0"])
def test_no_fitting_python_gives_one_sentence(machine: Machine, version: str | None) -> None:
    if version:
        machine.add(machine.path / "python3", version)
    result = machine.find()
    assert result.returncode == 1
    [sentence] = result.stderr.strip().splitlines()
    assert sentence.startswith("Python 3.12, 3.13 or 3.14 is needed")
    assert (f"found {version} at" in sentence) if version else ("found none" in sentence)


@pytest.mark.parametrize("port", ["none", "0", "-1", "65536", "80.5", "8000 ", "1e3"])
def test_invalid_port_gives_one_sentence(port: str) -> None:
    result = run_node("build/run.mjs", "start", PORT=port)
    assert result.returncode == 1
    sentence = f'PORT must be a whole number from 1 to 65535, got "{port}".'
    assert result.stderr.strip() == sentence


def test_port_in_use_gives_one_sentence_before_anything_is_built() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run_node("build/run.mjs", "start", PORT=str(port))
    assert result.returncode == 1
    [sentence] = result.stderr.strip().splitlines()
    assert sentence.startswith(f"Port {port} is in use")
    assert result.stdout == ""


def test_unknown_command_lists_the_known_ones() -> None:
    result = run_node("build/run.mjs", "bild")
    assert result.returncode == 1
    assert "start" in result.stderr and "build" in result.stderr


STAMPS = """
import { isCurrent, writeStamp } from './build/stamps.mjs';
const [folder, action] = process.argv.slice(1);
if (action === 'write') writeStamp(folder, ['package-lock.json']);
console.log(isCurrent(folder, ['package-lock.json']));
"""


def stamp(folder: Path, action: str = "read") -> bool:
    result = run_node("--input-type=module", "--eval", STAMPS, str(folder), action)
    assert result.returncode == 0, result.stderr
    return bool(json.loads(result.stdout))


def test_folder_counts_as_set_up_only_with_its_own_stamp(tmp_path: Path) -> None:
    folder, moved = tmp_path / "packages", tmp_path / "moved"
    folder.mkdir()
    assert not stamp(folder)
    assert stamp(folder, "write")
    assert stamp(folder)
    shutil.copytree(folder, moved)
    assert not stamp(moved), "scripts inside a moved folder name the old place"
    (folder / ".pynn-stamp").write_text("made from something else")
    assert not stamp(folder)
