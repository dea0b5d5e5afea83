from __future__ import annotations

import json

import pytest

OLD, NEW = "x\nThere dangle  been\n", "x\nThere have been\n"


@pytest.fixture
def texts(write):
    write({"old.txt": OLD, "new.txt": NEW})


def test_the_diff_goes_to_stdout(run, texts):
    ran = run("diff", "old.txt", "new.txt")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        "--- a/old.txt\n+++ b/old.txt\n@@ -1,2 +1,2 @@\n x\n-There dangle  been\n+There have been\n"
    )
    shown = run("diff", "old.txt", "new.txt", terminals="stdout").out.decode()
    assert "\x1b[31;9mdangle\x1b[0m \x1b[32mhave\x1b[0m" in shown


def test_either_text_may_come_from_stdin(run, texts):
    piped = run("diff", "old.txt", "-", stdin=NEW.encode())
    assert piped.out == run("diff", "old.txt", "new.txt").out
    assert run("diff", "-", "old.txt", stdin=OLD.encode()).out == b""


def test_reports_go_to_files(run, texts, read):
    ran = run("diff", "old.txt", "new.txt", "--report", "json=r.json", "--report", "word-diff")
    assert "There [-dangle-]{+have+}[-  -]{+ +}been" in ran.out.decode()
    edits = json.loads(read()["r.json"])["edits"]
    assert [(edit["before"], edit["after"], edit["kind"], edit["source"]) for edit in edits] == [
        ("dangle", "have", "spin", "diff"),
        ("  ", " ", "spacing", "diff"),
    ]


@pytest.mark.parametrize(("new", "code"), [("new.txt", 1), ("old.txt", 0)])
def test_check_lists_the_differences(run, texts, new, code):
    ran = run("diff", "old.txt", new, "--check")
    assert ran.code == code
    assert ran.out.decode() == ("old.txt:2:7: dangle -> have\nold.txt:2:13:    ->  \n" if code else "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "-"], "- is given twice"),
        (["old.txt", "gone.txt"], "gone.txt: no such file"),
        (["old.txt", "new.txt", "--report", "pdf"], "the format must be one of"),
        (["old.txt", "new.txt", "--report", "json", "--report", "md"], "only one --report can go to stdout"),
        (["old.txt", "new.txt", "--report", "json", "--check"], "only one --report can go to stdout"),
        (["old.txt", "new.txt", "--report", "json=new.txt"], "new.txt is an input and would be overwritten"),
    ],
)
def test_refusals_are_one_line(run, texts, read, arguments, message):
    ran = run("diff", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert read() == {"new.txt": NEW, "old.txt": OLD}
