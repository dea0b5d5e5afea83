"""The local server, as a browser and as an attacker would talk to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread

import pytest

from cleaner.documents.read import DocumentError
from cleaner.report.json_report import digest
from cleaner.review.decisions import apply_decisions, read
from cleaner.review.desk import Desk, sheets
from cleaner.review.server import LARGEST, Server
from tests.cli.conftest import FakeRestorer

TEXTS = {"a.txt": "plain", "b.txt": "dangle and easy", "c.txt": "dangle </script><script>alert(1)</script>"}


@pytest.fixture
def folder(tmp_path):
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def desk_of(folder) -> Desk:
    return Desk(sheets([folder]), FakeRestorer().restore)


@pytest.fixture
def server(folder) -> Iterator[Server]:
    with Server(desk_of(folder)) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Client:
    """A browser that has, or has not, opened the address that was printed."""

    def __init__(self, server: Server, cookie: str | None = None) -> None:
        self.server = server
        self.headers = {"Origin": f"http://{server.host}", "Content-Type": "application/json"}
        if cookie:
            self.headers["Cookie"] = f"cleaner={cookie}"

    def ask(self, method: str, path: str, body: str | bytes | None = None, **headers: str | None):
        connection = HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        merged = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {name: value for name, value in merged.items() if value is not None})
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        return answer


@pytest.fixture
def known(server):
    return Client(server, server.cookie)


def verdicts(text: str, *each: tuple[int, str, str]) -> str:
    listed = [dict(zip(("number", "verdict", "after"), one, strict=True)) for one in each]
    return json.dumps({"source_sha256": digest(text), "verdicts": listed})


def test_the_token_works_once_and_gives_a_cookie(server):
    path = server.url.removeprefix(f"http://{server.host}")
    answer = Client(server).ask("GET", path)
    assert (answer.status, answer.headers["Location"]) == (303, "/2")
    assert answer.headers["Set-Cookie"] == f"cleaner={server.cookie}; HttpOnly; SameSite=Strict; Path=/"
    again = Client(server).ask("GET", path)
    assert (again.status, again.headers["Set-Cookie"]) == (403, None)
    assert Client(server, server.cookie).ask("GET", path).status == 303
    assert server.cookie not in path


def test_pages_say_where_they_are_and_forbid_the_rest(known):
    answer = known.ask("GET", "/2")
    assert answer.status == 200
    assert "text 2 of 3" in answer.text
    assert "connect-src &#39;self&#39;" in answer.text
    assert {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}.items() <= dict(answer.headers).items()
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_verdicts_go_to_disk_at_once(known, folder):
    place = folder / "b.txt.decisions.json"
    assert known.ask("POST", "/2", verdicts(TEXTS["b.txt"], (2, "accepted", "still"))).status == 204
    assert apply_decisions(TEXTS["b.txt"], read(place.read_text()))[0] == "have and still"
    assert known.ask("POST", "/2", verdicts(TEXTS["b.txt"], (1, "edited", "hung"), (2, "undecided", ""))).status == 204
    assert apply_decisions(TEXTS["b.txt"], read(place.read_text()))[0] == "hung and easy"
    assert sorted(path.name for path in folder.iterdir()) == [*sorted(TEXTS)[:2], place.name, "c.txt"]


def test_a_review_goes_on_where_it_stopped(known, folder):
    known.ask("POST", "/2", verdicts(TEXTS["b.txt"], (1, "rejected", ""), (2, "edited", "quick")))
    desk = desk_of(folder)
    assert desk.first_open() == 3
    assert '{"after": "quick", "number": 2, "verdict": "edited"}' in desk.page(2)
    assert desk.figures() == (1, 2, 2)


def test_saved_proposals_outlive_a_change_of_packs(known, folder):
    known.ask("POST", "/2", verdicts(TEXTS["b.txt"], (1, "accepted", "")))
    desk = Desk(sheets([folder]), FakeRestorer(kinds=("residue",)).restore)
    assert '"proposed": "still"' in desk.page(2)


def test_a_text_that_changed_is_not_mixed_up(known, folder):
    body = verdicts(TEXTS["b.txt"], (1, "accepted", ""))
    assert known.ask("POST", "/2", body).status == 204
    (folder / "b.txt").write_text("dangle, another text")
    answer = known.ask("POST", "/2", body)
    assert (answer.status, "has changed since it was opened" in answer.text) == (409, True)
    with pytest.raises(DocumentError, match=r"b.txt.decisions.json: the text is not the one reviewed .*; move it away"):
        desk_of(folder).check()


GOOD = verdicts(TEXTS["b.txt"], (1, "accepted", ""))
REFUSED = [
    ("no cookie", "GET", "/2", None, {"Cookie": None}, 403),
    ("no token", "GET", "/", None, {"Cookie": None}, 403),
    ("wrong token", "GET", "/?token=x", None, {"Cookie": None}, 403),
    ("empty token", "GET", "/?token=", None, {"Cookie": None}, 403),
    ("odd token", "GET", "/?token=%ff%00%e2%82%ac", None, {"Cookie": None}, 403),
    ("wrong cookie", "GET", "/2", None, {"Cookie": "cleaner=x"}, 403),
    ("broken cookie", "GET", "/2", None, {"Cookie": 'cleaner="\x7f;;=,'}, 403),
    ("another host", "GET", "/2", None, {"Host": "evil.example"}, 421),
    ("rebound host", "GET", "/2", None, {"Host": "localhost:80"}, 421),
    ("another port", "GET", "/2", None, {"Host": "127.0.0.1:1"}, 421),
    ("path up", "GET", "/../a.txt", None, {}, 404),
    ("path up, encoded", "GET", "/%2e%2e/%2e%2e/etc/passwd", None, {}, 404),
    ("a file of the folder", "GET", "/a.txt", None, {}, 404),
    ("number 0", "GET", "/0", None, {}, 404),
    ("number too high", "GET", "/4", None, {}, 404),
    ("number of odd digits", "GET", "/%C2%B2", None, {}, 404),
    ("long number", "GET", "/" + "9" * 5000, None, {}, 404),
    ("proxy request", "GET", "http://evil.example/2", None, {}, 421),
    ("post without cookie", "POST", "/2", GOOD, {"Cookie": None}, 403),
    ("post without origin", "POST", "/2", GOOD, {"Origin": None}, 403),
    ("post from elsewhere", "POST", "/2", GOOD, {"Origin": "http://evil.example"}, 403),
    ("post from no origin", "POST", "/2", GOOD, {"Origin": "null"}, 403),
    ("post to another host", "POST", "/2", GOOD, {"Host": "evil.example"}, 421),
    ("form", "POST", "/2", GOOD, {"Content_Type": "text/plain"}, 415),
    ("url form", "POST", "/2", GOOD, {"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ("no type", "POST", "/2", GOOD, {"Content_Type": None}, 415),
    ("too large", "POST", "/2", "", {"Content_Length": str(LARGEST + 1)}, 413),
    ("absurdly large", "POST", "/2", "", {"Content_Length": "9" * 30}, 413),
    ("negative length", "POST", "/2", "", {"Content_Length": "-1"}, 411),
    ("not JSON", "POST", "/2", "{", {}, 400),
    ("not UTF-8", "POST", "/2", b"\xff", {}, 400),
    ("deep", "POST", "/2", "[" * 100_000, {}, 400),
    ("no object", "POST", "/2", "[]", {}, 400),
    ("no digest", "POST", "/2", '{"verdicts": []}', {}, 400),
    ("another text's digest", "POST", "/1", GOOD, {}, 409),
    ("no such change", "POST", "/2", verdicts(TEXTS["b.txt"], (3, "accepted", "")), {}, 400),
    ("change 0", "POST", "/2", verdicts(TEXTS["b.txt"], (0, "accepted", "")), {}, 400),
    ("no such verdict", "POST", "/2", verdicts(TEXTS["b.txt"], (1, "burnt", "")), {}, 400),
    ("no such page", "POST", "/9", GOOD, {}, 404),
    ("another method", "PUT", "/2", GOOD, {}, 501),
    ("preflight", "OPTIONS", "/2", None, {"Origin": "http://evil.example"}, 501),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_is_refused_changes_nothing(known, folder, method, path, body, headers, status):
    answer = known.ask(method, path, body, **headers)
    assert answer.status == status
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert sorted(path.name for path in folder.iterdir()) == sorted(TEXTS)


def test_two_at_once_lose_nothing(known, folder):
    places = ((1, "rejected", ""), (2, "accepted", ""))
    threads = [Thread(target=known.ask, args=("POST", "/2", verdicts(TEXTS["b.txt"], each))) for each in places * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saved = read((folder / "b.txt.decisions.json").read_text())
    assert [each.verdict for each in saved.decisions] == ["rejected", "accepted"]


def test_decisions_elsewhere_keep_their_folders(tmp_path):
    for name in ("in/a.txt", "in/sub/a.txt", "in/.hidden.txt", "in/page.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("dangle")
    found = sheets([tmp_path / "in"], tmp_path / "out")
    assert [str(sheet.decisions.relative_to(tmp_path)) for sheet in found] == [
        "out/a.txt.decisions.json",
        "out/sub/a.txt.decisions.json",
    ]
    with pytest.raises(DocumentError, match="would hold the decisions on two texts"):
        sheets([tmp_path / "in/a.txt", tmp_path / "in/sub/a.txt"], tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DocumentError, match=r"empty: holds no .txt file"):
        sheets([tmp_path / "empty"])


def test_a_page_reads_decides_and_goes_on(server, visit, folder):
    page = visit(server.url)
    assert page.locator("nav span").inner_text() == "text 2 of 3"
    page.keyboard.press("r")
    page.keyboard.press("a")
    page.locator("#saved", has_text="All saved").wait_for()
    page.keyboard.press("n")
    page.locator("nav span", has_text="text 3 of 3").wait_for()
    assert "<script>alert(1)" in page.locator(".inline").inner_text()
    page.keyboard.press("e")
    page.keyboard.type("hang</script>")
    page.keyboard.press("Enter")
    page.locator("#saved", has_text="All saved").wait_for()
    page.keyboard.press("p")
    page.locator("nav span", has_text="text 2 of 3").wait_for()
    assert page.locator("#progress").inner_text() == "2 of 2 reviewed"
    assert page.locator(".inline p").inner_text() == "dangle and still"
    page.keyboard.press("u")
    assert page.locator("#progress").inner_text() == "2 of 2 reviewed"
    saved = read((folder / "c.txt.decisions.json").read_text())
    assert apply_decisions(TEXTS["c.txt"], saved)[0].startswith("hang</script> </script>")


def test_a_page_says_when_nothing_is_saved(server, browser, folder):
    page = browser.new_page()
    page.goto(server.url)
    (folder / "b.txt").write_text("another text")
    page.keyboard.press("a")
    page.locator("#saved.failed", has_text="Not saved:").wait_for()
    (folder / "b.txt").write_text(TEXTS["b.txt"])
    page.locator("#saved", has_text="All saved").wait_for()
    assert (folder / "b.txt.decisions.json").exists()
    page.close()
