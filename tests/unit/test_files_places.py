"""Where model files are written and read: in one go, through links, by several threads."""

import io
import os
import resource
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from pynn import Dense, Network, load, save


def small(seed: int = 0) -> Network:
    return Network([Dense(4, "tanh"), Dense(2, "softmax")], inputs=3, seed=seed)


def large() -> Network:
    return Network([Dense(50)], inputs=50)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk that is full after so many bytes, for this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("kind", [str, Path])
def test_save_to_a_path_leaves_that_file_only(kind: type, tmp_path: Path) -> None:
    where = kind(tmp_path / "a model.npz")
    save(small(), where)
    save(small(), where)
    assert [path.name for path in tmp_path.iterdir()] == ["a model.npz"]
    assert load(where).outputs == 2


@pytest.mark.parametrize("old", [True, False], ids=["old-file", "no-file"])
def test_disk_that_fills_up_leaves_what_was_there(old: bool, tmp_path: Path) -> None:
    where = tmp_path / "model.npz"
    if old:
        save(small(), where)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with files_of_at_most(4096), pytest.raises(OSError, match="File too large"):
        save(large(), where)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_half_a_write_never_shows_under_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "model.npz"
    save(small(), where)
    before = where.read_bytes()

    def power_cut(*_: object, **__: object) -> None:
        raise SystemExit

    monkeypatch.setattr(Path, "replace", power_cut)
    monkeypatch.setattr(Path, "unlink", power_cut)
    with pytest.raises(SystemExit):
        save(large(), where)
    assert where.read_bytes() == before


def test_interrupted_save_leaves_the_old_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "model.npz"
    save(small(), where)
    before = where.read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(large(), where)
    assert where.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["model.npz"]


def test_missing_places_are_os_errors(tmp_path: Path) -> None:
    for where in (tmp_path / "none.npz", tmp_path / "no folder/none.npz", tmp_path):
        with pytest.raises(OSError):
            load(where)
    for where in (tmp_path / "no folder/none.npz", tmp_path):
        with pytest.raises(OSError):
            save(small(), where)
    assert not list(tmp_path.iterdir())


def test_neighbours_with_similar_names_stay(tmp_path: Path) -> None:
    for name in ("a.npz.part", ".a.npz.part", "a.npz.tmp", "a.part"):
        (tmp_path / name).write_text("mine")
    save(small(), tmp_path / "a.npz")
    assert len(list(tmp_path.iterdir())) == 5
    kept = [path for path in tmp_path.iterdir() if path.name != "a.npz"]
    assert all(path.read_text() == "mine" for path in kept)


def test_name_as_long_as_a_name_may_be_is_written(tmp_path: Path) -> None:
    where = tmp_path / ("a" * 251 + ".npz")
    save(small(), where)
    assert load(where).outputs == 2


def test_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    store, links = tmp_path / "store", tmp_path / "links"
    store.mkdir()
    links.mkdir()
    (links / "newest.npz").symlink_to("second.npz")
    (links / "second.npz").symlink_to(Path("../store/model.npz"))
    for seed in (1, 2):  # the target is missing at first
        save(small(seed), links / "newest.npz")
        assert (links / "newest.npz").is_symlink() and (links / "second.npz").is_symlink()
        assert [path.name for path in store.iterdir()] == ["model.npz"]
        loaded = load(store / "model.npz").parameters["dense_1.weights"]
        np.testing.assert_array_equal(loaded, small(seed).parameters["dense_1.weights"])
    (links / "round.npz").symlink_to("round.npz")
    with pytest.raises(OSError):
        save(small(), links / "round.npz")
    assert (links / "round.npz").is_symlink() and len(list(links.iterdir())) == 3


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o666, 0o444])
def test_old_file_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    where = tmp_path / "model.npz"
    save(small(), where)
    where.chmod(mode)
    save(small(1), where)
    assert stat.S_IMODE(where.stat().st_mode) == mode


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_new_file_gets_the_usual_mode(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        save(small(), tmp_path / "model.npz")
        (tmp_path / "other").write_bytes(b"")
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {0o666 & ~umask}


def test_pipe_is_written_to_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        save(small(), pipe)
        content = reader.read()
    assert load(io.BytesIO(content)).outputs == 2
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"] and pipe.is_fifo()


def test_threads_that_save_to_one_path_never_show_a_reader_a_damaged_file(tmp_path: Path) -> None:
    where = tmp_path / "model.npz"
    networks = [small(seed) for seed in range(3)]
    known = {network.parameters["dense_1.weights"].tobytes() for network in networks}
    save(networks[0], where)

    def write(network: Network) -> None:
        for _ in range(40):
            save(network, where)

    def read(_: int) -> set[bytes]:
        return {load(where).parameters["dense_1.weights"].tobytes() for _ in range(80)}

    with ThreadPoolExecutor(5) as pool:
        writing = [pool.submit(write, network) for network in networks]
        seen = set().union(*pool.map(read, range(2)))
        for run in writing:
            run.result()
    assert seen <= known
    assert [path.name for path in tmp_path.iterdir()] == ["model.npz"]


def test_saved_network_is_of_one_moment_while_another_thread_sets_it() -> None:
    network = Network([Dense(200), Dense(200)], inputs=200)
    names = ("dense_1.weights", "dense_2.weights")
    network.set_parameters({name: np.zeros((200, 200)) for name in names})
    going = True

    def turn() -> None:
        number = 0
        while going:
            number += 1
            network.set_parameters({name: np.full((200, 200), number) for name in names})

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(1) as pool:
            turning = pool.submit(turn)
            for _ in range(15):
                content = io.BytesIO()
                save(network, content)
                loaded = load(io.BytesIO(content.getvalue()))
                assert len({n for name in names for n in loaded.parameters[name].flat}) == 1
            going = False
            turning.result()
    finally:
        going = False
        sys.setswitchinterval(before)


def test_home_is_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    save(small(), "~/a.npz")
    save(small(), Path("~/b.npz"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.npz", "b.npz"]
    assert load("~/a.npz").outputs == load(Path("~/b.npz")).outputs == 2


@pytest.mark.parametrize("network", [None, 3, "network", Network, Dense(2), [Dense(2)]])
def test_what_is_no_network_is_not_saved(network: object, tmp_path: Path) -> None:
    with pytest.raises(ValueError) as caught:
        save(network, tmp_path / "model.npz")  # type: ignore[arg-type]
    assert str(caught.value) == f"save: expected a Network, got {type(network).__name__}"
    assert not list(tmp_path.iterdir())


PLACES: dict[str, tuple[Callable[[], object], str]] = {
    "none": (lambda: None, "NoneType"),
    "number": (lambda: 3, "int"),
    "bytes": (lambda: b"model.npz", "bytes"),
    "text": (lambda: io.StringIO(), "StringIO"),
    "text-file": (lambda: io.TextIOWrapper(io.BytesIO()), "TextIOWrapper"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "got"), PLACES.values(), ids=PLACES)
def test_what_is_no_place_is_refused(make: Callable[[], object], got: str) -> None:
    place = make()
    wanted = f"expected a path or a file open in binary mode, got {got}"
    with pytest.raises(ValueError) as caught:
        save(small(), place)  # type: ignore[arg-type]
    assert str(caught.value) == f"save: {wanted}"
    with pytest.raises(ValueError) as caught:
        load(place)  # type: ignore[arg-type]
    assert str(caught.value) == f"load: {wanted}"


@pytest.mark.parametrize("make", [io.BytesIO, tempfile.TemporaryFile, tempfile.NamedTemporaryFile,
                                  tempfile.SpooledTemporaryFile])  # fmt: skip
def test_binary_files_of_all_kinds_are_places(make: Callable[[], io.BytesIO]) -> None:
    with make() as place:
        save(small(), place)
        place.seek(0)
        assert load(place).outputs == 2
