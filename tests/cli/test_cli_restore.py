from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cleaner.cli.work import findings
from cleaner.edits import Edit, Result

SPUN, CLEAN = "There dangle been talks.\r\n", "There have been talks.\r\n"
SUMMARY = (
    "{}: 1 change (spin 1), 0 suggestions in 4 words; "
    "spin rate 25%, dialect double (90% likely spun), mean confidence 90%\n"
)


def test_a_file_goes_to_stdout(run, write, read):
    write({"a.txt": SPUN})
    ran = run("restore", "a.txt")
    assert (ran.code, ran.out.decode(), ran.err) == (0, CLEAN, SUMMARY.format("a.txt"))
    assert read() == {"a.txt": SPUN}


@pytest.mark.parametrize("arguments", [["restore"], ["restore", "-"]])
def test_stdin_stands_in_a_pipe(run, arguments):
    ran = run(*arguments, stdin=b"\xef\xbb\xbf" + SPUN.encode())
    assert (ran.code, ran.out, ran.err) == (0, b"\xef\xbb\xbf" + CLEAN.encode(), SUMMARY.format("<stdin>"))


def test_nothing_on_a_terminal_gives_help(run):
    ran = run("restore", terminals="stdin")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("Usage: cleaner restore")


def test_several_files_are_concatenated_in_order(run, write):
    write({"b.txt": "dangle b", "a.txt": b"\xef\xbb\xbfdangle a\n"})
    ran = run("restore", "b.txt", "-", "a.txt", "b.txt", "--quiet", stdin=b"dangle -\n")
    assert (ran.code, ran.out, ran.err) == (0, b"have bhave -\n\xef\xbb\xbfhave a\nhave b", "")


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (["a.txt", "-o", "out.txt"], {"out.txt": "have a"}),
        (["a.txt", "--output", "new/"], {"new/a.txt": "have a"}),
        (["a.txt", "-o", "there"], {"there/a.txt": "have a"}),
        (["a.txt", "sub/b.txt", "-o", "new/deep"], {"new/deep/a.txt": "have a", "new/deep/b.txt": "have b"}),
        (["-", "-o", "new/"], {"new/stdin": "have -"}),
        (["a.txt", "--in-place"], {"a.txt": "have a", "a.txt.orig": "dangle a"}),
        (["a.txt", "--in-place", "--backup", "~"], {"a.txt": "have a", "a.txt~": "dangle a"}),
        (["a.txt", "--in-place", "--backup", ""], {"a.txt": "have a"}),
        (
            ["a.txt", "sub/b.txt", "--in-place"],
            {"a.txt": "have a", "a.txt.orig": "dangle a", "sub/b.txt": "have b", "sub/b.txt.orig": "dangle b"},
        ),
    ],
)
def test_texts_go_where_they_should(run, write, read, arguments, made):
    before = {"a.txt": "dangle a", "sub/b.txt": "dangle b", "there/x": ""}
    write(before)
    ran = run("restore", *arguments, "--quiet", stdin=b"dangle -")
    assert (ran.code, ran.out, ran.err) == (0, b"", "")
    assert read() == before | made


def test_in_place_leaves_what_needs_no_change_alone(run, write, read, tmp_path):
    write({"a.txt": "have a"})
    os.utime(tmp_path / "a.txt", (1, 1))
    inode = (tmp_path / "a.txt").stat().st_ino
    assert run("restore", "--in-place", "a.txt", "--quiet").code == 0
    found = (tmp_path / "a.txt").stat()
    assert (found.st_mtime, found.st_ino) == (1, inode)
    assert read() == {"a.txt": "have a"}


def test_in_place_never_overwrites_a_backup(run, write, read):
    files = {"a.txt": "dangle a", "a.txt.orig": "oldest"}
    write(files | {"b.txt": "dangle b"})
    ran = run("restore", "--in-place", "a.txt", "b.txt", "--quiet")
    assert ran.code == 3
    assert ran.err.startswith("cleaner: a.txt: cannot be written (its backup ")
    assert read() == files | {"b.txt": "have b", "b.txt.orig": "dangle b"}


def test_in_place_changes_the_file_behind_a_link(run, write, read, tmp_path):
    write({"real/a.txt": "dangle a"})
    (tmp_path / "a.txt").symlink_to("real/a.txt")
    assert run("restore", "--in-place", "a.txt").code == 0
    assert (tmp_path / "a.txt").is_symlink()
    assert read() == {"a.txt": "have a", "real/a.txt": "have a", "real/a.txt.orig": "dangle a"}


@pytest.mark.parametrize(
    ("texts", "code", "out"),
    [
        (["There have been.\n"], 0, ""),
        (["There dangle been.\n"], 1, "0.txt:1:7: dangle -> have\n"),
        (
            ["a\r\n\r\n😀 dangle\rdangle\nx dangle"],
            1,
            "0.txt:3:3: dangle -> have\n0.txt:4:1: dangle -> have\n0.txt:5:3: dangle -> have\n",
        ),
        (["back to top\nend"], 1, '0.txt:1:1: back to top\\n -> ""\n'),
        (["fine", "dangle", "fine"], 1, "1.txt:1:1: dangle -> have\n"),
        ([b"\0", "fine"], 3, ""),
        ([b"\0", "dangle"], 1, "1.txt:1:1: dangle -> have\n"),
        ([b"\0", b"\0"], 2, ""),
    ],
)
def test_check(run, write, tmp_path, texts, code, out):
    write({f"{at}.txt": text for at, text in enumerate(texts)})
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    ran = run("restore", "--check", "--quiet", *(f"{at}.txt" for at in range(len(texts))))
    assert (ran.code, ran.out.decode()) == (code, out)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_check_marks_quoted_words():
    edit = Edit(1, 7, "dangle", "have", "spin", "x", 0.9, quoted=True)
    result = Result('"dangle"', '"have"', (edit,), (), 0.3, "double", 0.9)
    assert list(findings("a.txt", result)) == ["a.txt:1:2: dangle -> have (in quotation marks)"]


def test_check_ends_in_a_summary_unless_quiet(run, write):
    write({"a.txt": SPUN})
    assert run("restore", "--check", "a.txt").err == SUMMARY.format("a.txt")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["a.txt", "--report", "json=r.json"], ["r.json"]),
        (
            ["a.txt", "--report", "json=r.json", "--report", "json=s.json", "--report", "md=r.md"],
            ["r.json", "r.md", "s.json"],
        ),
        (["a.txt", "--report", "html=new/"], ["new/a.txt.html"]),
        (["a.txt", "b.txt", "--report", "diff=new/"], ["new/a.txt.diff", "new/b.txt.diff"]),
        (["a.txt", "b.txt", "--report", "md=there"], ["there/a.txt.md", "there/b.txt.md"]),
        (["a.txt", "b.txt", "--report", "json=new/{name}/r.json"], ["new/a.txt/r.json", "new/b.txt/r.json"]),
        (["a.txt", "--check", "--report", "json={name}.json"], ["a.txt.json"]),
    ],
)
def test_reports_go_where_they_should(run, write, read, arguments, names):
    before = {"a.txt": "dangle a", "b.txt": "dangle b", "there/x": ""}
    write(before)
    assert run("restore", *arguments, "--quiet").code == ("--check" in arguments)
    assert sorted(read().keys() - before.keys()) == sorted(names)


def test_reports_hold_the_changes(run, write, read):
    write({"a.txt": "dangle a\n"})
    ran = run(
        "restore", "a.txt", "-o", "b.txt", "--report", "diff", "--report", "json=r.json", "--report", "html=r.html"
    )
    assert ran.out.decode() == "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-dangle a\n+have a\n"
    report = json.loads(read()["r.json"])
    assert [(edit["start"], edit["before"], edit["after"]) for edit in report["edits"]] == [(0, "dangle", "have")]
    assert "dangle" in read()["r.html"]


def test_diff_is_coloured_on_a_terminal_only(run, write, monkeypatch):
    write({"a.txt": "dangle a\n"})
    arguments = ("restore", "a.txt", "-o", "b.txt", "--report", "diff")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert b"\x1b[" in run(*arguments, terminals="stdout").out
    assert b"\x1b[" not in run(*arguments).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(*arguments, terminals="stdout").out == run(*arguments).out


def test_options_reach_the_restorer(run, restorers, write):
    write({"a.txt": "dangle easy"})
    assert run("restore", "a.txt").out == b"have easy"
    assert run("restore", "a.txt", "--min-confidence", "0.3").out == b"have still"
    assert run("restore", "a.txt", "--min-confidence", "1").out == b"dangle easy"
    assert run("restore", "a.txt", "--kinds", "spelling, residue").out == b"dangle easy"
    assert run("restore", "a.txt", "--pack", "p", "--pack", "q", "--lm", "l.arpa").out == b"have easy"
    assert restorers == [
        {},
        {"min_confidence": 0.3},
        {"min_confidence": 1.0},
        {"kinds": ("spelling", "residue")},
        {"packs": (Path("p"), Path("q")), "lm": Path("l.arpa")},
    ]


@pytest.mark.parametrize(
    ("arguments", "terminals", "shown"),
    [
        (["a.txt", "a.txt"], "stderr", True),
        (["a.txt", "a.txt"], "stdout stderr", False),
        (["a.txt", "b.txt", "--in-place"], "stdout stderr", True),
        (["a.txt", "a.txt"], "", False),
        (["a.txt"], "stderr", False),
        (["a.txt", "a.txt", "--quiet"], "stderr", False),
    ],
)
def test_progress_is_for_several_files_on_a_terminal(run, write, monkeypatch, arguments, terminals, shown):
    monkeypatch.setenv("TERM", "xterm")
    write({"a.txt": "dangle", "b.txt": "easy"})
    ran = run("restore", *arguments, terminals=terminals)
    assert ran.code == 0
    assert ("\x1b[" in ran.err) == shown
    if "--quiet" not in arguments:
        assert "a.txt: 1 change" in ran.err
