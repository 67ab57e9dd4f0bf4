"""`pynn serve`: files with their types, no listings, nothing from outside of the folder."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from cli_helpers import Capture, refused

from pynn.commands import serve

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("secret")
    dist = tmp_path / "dist"
    (dist / "sub" / "page").mkdir(parents=True)
    for name in ("index.html", "a.mjs", "a.wasm", "a.js", "a.whl", "sub/page/index.html"):
        (dist / name).write_text(name)
    (dist / "link.txt").symlink_to(tmp_path / "secret.txt")


@pytest.fixture
def port() -> Iterator[int]:
    with serve.server_of(Path("dist"), 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def get(port: int, path: str, method: str = "GET") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def test_files_come_with_their_types(port: int) -> None:
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/a.mjs": "text/javascript; charset=utf-8",
        "/a.js?v=1": "text/javascript; charset=utf-8",
        "/a.wasm": "application/wasm",
        "/a.whl": "application/octet-stream",
        "/sub/page/": "text/html; charset=utf-8",
    }.items():
        response, body = get(port, path)
        name = path.partition("?")[0].strip("/")
        wanted = name if "." in name else f"{name}/index.html".lstrip("/")
        assert (response.status, body) == (200, wanted)
        assert response.headers["Content-Type"] == kind
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/sub/", "/none", "/../secret.txt", "/%2e%2e/secret.txt", "/link.txt"]
)
def test_nothing_else_comes(path: str, port: int) -> None:
    response, body = get(port, path)
    assert response.status == 404 and "secret" not in body.replace("secret.txt", "")
    assert get(port, "/", "POST")[0].status == 501


def test_without_a_page_it_is_said_how_to_get_it(tmp_path: Path, capsys: Capture) -> None:
    assert refused(capsys, "serve", "--folder", "none") == (
        "pynn: --folder: expected a folder, got none, which is missing"
    )
    sentence = refused(capsys, "serve", "--folder", "dist/sub")
    assert sentence == "pynn: --folder: expected the built page, got dist/sub"
    (tmp_path / "dist/index.html").unlink()
    assert "`npm run build` in a copy of the source makes it" in refused(capsys, "serve")
    assert "--port: expected 0 to 65535, got 65536" in refused(capsys, "serve", "--port", "65536")


def test_a_port_in_use_is_named(capsys: Capture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = str(taken.getsockname()[1])
        sentence = refused(capsys, "serve", "--port", number)
    assert sentence.startswith(f"pynn: --port: expected a free port, got {number}: ")


def test_ctrl_c_ends_it() -> None:
    command = [sys.executable, "-m", "pynn", "serve", "--port", "0"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    ) as server:
        assert server.stdout is not None and server.stderr is not None
        line = server.stdout.readline().decode()
        port = int(line.split("/  ")[0].rsplit(":", 1)[1])
        assert get(port, "/")[1] == "index.html"
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 130 and server.stderr.read() == b""
