"""build/serve.mjs: the right types, nothing outside the folder, a polite end."""

import gzip
import http.client
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving import Server, serve

PREFIX = "/some/sub-path/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "secret.txt").write_text("not for you")
    site = folder / "site"
    (site / "part").mkdir(parents=True)
    for name in ("index.html", "part/index.html", "a.wasm", "a.mjs", "a.js", "a.gz", "a.json"):
        (site / name).write_text(name)
    (site / "with space.txt").write_text("spaced")
    (folder / "site-neighbour").mkdir()
    (folder / "site-neighbour/file.txt").write_text("not for you either")
    with serve(site, PREFIX) as running:
        yield running


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Sends the path exactly as it is: most clients would tidy it up."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    try:
        connection.putrequest(method, path, skip_host=False)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.js?query=1", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.gz", "application/gzip"),
        ("part/", "text/html; charset=utf-8"),
        ("with%20space.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_come_with_their_type(server: Server, name: str, kind: str) -> None:
    response, body = ask(server, PREFIX + name)
    assert (response.status, response.headers["Content-Type"]) == (200, kind)
    assert response.headers["Content-Encoding"] is None
    assert int(response.headers["Content-Length"]) == len(body) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/some/",
        "/some/sub-pathology",
        "/index.html",
        PREFIX + "missing.js",
        PREFIX + "../secret.txt",
        PREFIX + "../../secret.txt",
        PREFIX + "%2e%2e/secret.txt",
        PREFIX + "..%2fsecret.txt",
        PREFIX + "part/..%2f..%2fsecret.txt",
        PREFIX + "..%5csecret.txt",
        PREFIX + "../site-neighbour/file.txt",
        PREFIX + "/etc/hostname",
        PREFIX + "%00",
        PREFIX + "%",
    ],
)
def test_nothing_else_is_found(server: Server, path: str) -> None:
    response, body = ask(server, path)
    assert (response.status, body) == (404, b"Not found\n")


@pytest.mark.parametrize("path", [PREFIX.rstrip("/"), PREFIX + "part"])
def test_folder_without_its_slash_leads_to_the_folder(server: Server, path: str) -> None:
    response, _ = ask(server, path)
    assert response.status == 302
    assert response.headers["Location"] == f"{path.rpartition('/')[2]}/"


def test_known_file_is_not_sent_again(server: Server) -> None:
    first, _ = ask(server, PREFIX + "a.js")
    assert first.headers["Cache-Control"] == "no-cache"
    again, body = ask(server, PREFIX + "a.js", If_None_Match=first.headers["ETag"])
    assert (again.status, body) == (304, b"")


# Compression ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["a.js", "a.mjs", "a.json", "a.wasm", "index.html"])
def test_text_and_webassembly_are_compressed_for_who_takes_it(server: Server, name: str) -> None:
    response, body = ask(server, PREFIX + name, Accept_Encoding="br, gzip;q=0.8")
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(body)
    assert gzip.decompress(body) == name.encode()
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "*;q=0.0", "*, gzip; q=0"])
def test_nobody_gets_gzip_who_does_not_take_it(server: Server, accepted: str) -> None:
    response, body = ask(server, PREFIX + "a.js", Accept_Encoding=accepted)
    assert response.headers["Content-Encoding"] is None
    assert response.headers["Vary"] == "Accept-Encoding"
    assert body == b"a.js"


def test_what_is_compressed_already_is_sent_as_it_is(server: Server) -> None:
    response, body = ask(server, PREFIX + "a.gz", Accept_Encoding="gzip")
    assert (response.headers["Content-Encoding"], response.headers["Vary"]) == (None, None)
    assert body == b"a.gz"


def test_both_forms_are_known_again_each_by_its_own_tag(server: Server) -> None:
    plain, _ = ask(server, PREFIX + "a.js")
    packed, _ = ask(server, PREFIX + "a.js", Accept_Encoding="gzip")
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again, body = ask(
        server, PREFIX + "a.js", Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"]
    )
    assert (again.status, body) == (304, b"")
    other, body = ask(server, PREFIX + "a.js", If_None_Match=packed.headers["ETag"])
    assert (other.status, body) == (200, b"a.js")


def test_a_file_that_changes_is_compressed_anew(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    with serve(tmp_path) as server:
        for text in ("one", "another"):
            file.write_text(text)
            _, body = ask(server, "/a.js", Accept_Encoding="gzip")
            assert gzip.decompress(body) == text.encode()


def test_head_has_no_body_and_other_methods_are_refused(server: Server) -> None:
    response, body = ask(server, PREFIX + "a.js", method="HEAD")
    assert (response.status, body) == (200, b"")
    assert ask(server, PREFIX + "a.js", method="POST")[0].status == 405


def test_interrupt_ends_it_quietly(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        # A browser keeps its connection open; that must not keep the server alive.
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
        connection.request("GET", "/missing")
        connection.getresponse().read()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=30) == 0
        connection.close()
