"""``cleaner apply`` and ``cleaner review`` as commands."""

from __future__ import annotations

import signal
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from cleaner.report.json_report import read as read_report
from cleaner.review.decisions import decide, read, render, undecided

from .conftest import FakeRestorer
from .test_cli_process import start

TEXT = "\ufeffdangle and easy\r\n"


def decisions(*verdicts: str) -> str:
    begun = undecided(FakeRestorer().restore(TEXT.removeprefix("\ufeff")), "a.txt")
    made = tuple(
        decide(d.edit, d.applied, verdict, "own") for d, verdict in zip(begun.decisions, verdicts, strict=True)
    )
    return render(begun.__class__(begun.name, begun.source_sha256, 0.2, "double", 0.9, made))


def test_apply_keeps_bytes_that_are_not_changed(run, write, read):
    write({"a.txt": TEXT, "d.json": decisions("rejected", "accepted")})
    assert run("apply", "a.txt", "d.json").out.decode() == "\ufeffdangle and still\r\n"
    assert run("apply", "-", "d.json", stdin=TEXT.encode()).out.decode() == "\ufeffdangle and still\r\n"
    write({"d.json": decisions("edited", "undecided")})
    assert (run("apply", "a.txt", "d.json", "-o", "b.txt").code, read()["b.txt"]) == (0, "\ufeffown and easy\r\n")


def test_apply_reports_what_was_made_and_can_be_reverted(run, write, read):
    write({"a.txt": TEXT, "d.json": decisions("edited", "accepted")})
    ran = run(
        "apply", "a.txt", "d.json", "-o", "b.txt", "--report", "json=r.json", "--report", "html=r/", "--report", "md"
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode().startswith("# Changes in a.txt")
    assert [edit.source for edit in read_report(read()["r.json"]).edits] == ["reviewer", "fake"]
    assert "r/a.txt.html" in read()
    assert run("revert", "b.txt", "r.json").out.decode() == TEXT


REFUSALS = [
    (["a.txt", "other.json"], "other.json cannot be applied to a.txt: not JSON"),
    (["a.txt", "report.json"], "schema is 'cleaner-report/1'; this version reads 'cleaner-decisions/1'"),
    (["b.txt", "d.json"], "d.json cannot be applied to b.txt: the text is not the one reviewed as 'a.txt'"),
    (["gone.txt", "d.json"], "gone.txt: no such file"),
    (["a.txt", "gone.json"], "gone.json: no such file"),
    (["a.txt", "d.json", "-o", "a.txt"], "a.txt is an input and would be overwritten"),
    (["a.txt", "d.json", "-o", "d.json"], "d.json is an input and would be overwritten"),
    (["a.txt", "d.json", "--report", "md=d.json"], "d.json is an input and would be overwritten"),
    (["a.txt", "d.json", "--report", "md"], "the report takes stdout"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSALS, ids=[" ".join(arguments) for arguments, _ in REFUSALS])
def test_apply_refuses_in_one_line_and_touches_nothing(run, write, read, arguments, message):
    write({"a.txt": TEXT, "b.txt": "dangle", "other.json": "no", "d.json": decisions("rejected", "accepted")})
    run("restore", "a.txt", "-o", "c.txt", "--report", "json=report.json")
    before = read()
    ran = run("apply", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert message in ran.err
    assert read() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "cannot read standard input"),
        (["gone.txt"], "gone.txt: no such file"),
        (["empty"], "empty: holds no .txt file"),
        (["a.txt"], "a.txt.decisions.json: decisions is missing; move it away to review a.txt anew"),
        (["c.txt"], "c.txt.decisions.json: the text is not the one reviewed as 'a.txt'"),
        (["a.txt", "sub/a.txt", "--decisions", "d"], "d/a.txt.decisions.json: would hold the decisions on two texts"),
        (["a.txt", "--port", "70000"], "--port"),
    ],
)
def test_review_refuses_before_it_serves(run, write, tmp_path, arguments, message):
    (tmp_path / "empty").mkdir()
    broken = '{"schema": "cleaner-decisions/1"}'
    write({"a.txt": "x", "a.txt.decisions.json": broken, "sub/a.txt": "x", "c.txt": "x"})
    write({"c.txt.decisions.json": decisions("undecided", "undecided")})
    ran = run("review", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert message in ran.err


def test_review_serves_until_ctrl_c(tmp_path):
    (tmp_path / "a.txt").write_text("There dangle also been talks, and no allege contact has easy been made.\n" * 5)
    process = start("review", "a.txt", "--decisions", "d", cwd=tmp_path)
    try:
        url = urlsplit(process.stdout.readline().decode().strip())
        connection = HTTPConnection(url.hostname, url.port, timeout=60)
        connection.request("GET", f"{url.path}?{url.query}")
        answer = connection.getresponse()
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        assert (url.hostname, answer.status, answer.headers["Location"]) == ("127.0.0.1", 303, "/1")
        connection = HTTPConnection(url.hostname, url.port, timeout=60)
        connection.request("GET", "/1", headers={"Cookie": cookie})
        page = connection.getresponse().read().decode()
        digest = page.partition('"source_sha256": "')[2][:64]
        body = f'{{"source_sha256": "{digest}", "verdicts": [{{"number": 1, "verdict": "rejected", "after": ""}}]}}'
        headers = {"Cookie": cookie, "Origin": f"http://{url.netloc}", "Content-Type": "application/json"}
        connection = HTTPConnection(url.hostname, url.port, timeout=60)
        connection.request("POST", "/1", body, headers)
        assert connection.getresponse().status == 204
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    saved = read((tmp_path / "d/a.txt.decisions.json").read_text())
    assert process.returncode == 0
    assert err.decode().splitlines() == [
        "1 text to review; Ctrl-C ends",
        "",
        f"1 of {len(saved.decisions)} decisions made on 1 of 1 texts",
    ]
