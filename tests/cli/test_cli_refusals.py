from __future__ import annotations

import os

import pytest

FILES = {"a.txt": "dangle a", "b.txt": "dangle b", "sub/a.txt": "dangle sub", "a.txt.orig": "old"}

REFUSALS = [
    (["a.txt", "--bogus"], "No such option"),
    (["-", "-"], "- is given twice"),
    (["-", "--in-place"], "--in-place cannot change stdin"),
    (["a.txt", "--in-place", "-o", "c.txt"], "--in-place and -o exclude each other"),
    (["a.txt", "--check", "-o", "c.txt"], "--check changes nothing"),
    (["a.txt", "--check", "--in-place"], "--check changes nothing"),
    (["a.txt", "--backup", ".x"], "--backup goes with --in-place"),
    (["a.txt", "--in-place", "--backup", "/x"], "--backup is a suffix"),
    (["a.txt", "--report", "pdf=x.pdf"], "--report pdf=x.pdf: the format must be one of diff, word-diff, json, jsonl"),
    (["a.txt", "--report", "json="], "--report json=: a path must follow"),
    (["a.txt", "--report", "json"], "the report takes stdout; give -o or --in-place"),
    (["a.txt", "-o", "c.txt", "--report", "json", "--report", "diff"], "only one --report can go to stdout"),
    (["a.txt", "--check", "--report", "json"], "--check prints to stdout"),
    (["a.txt", "b.txt", "-o", "new/", "--report", "html"], "for several inputs give the html report a path"),
    (
        ["a.txt", "b.txt", "-o", "new/", "--report", "json=r.json"],
        "for several inputs give FOLDER/ or a path with {name}",
    ),
    (["a.txt", "b.txt", "-o", "a.txt.orig"], "a.txt.orig is a file; -o must be a folder"),
    (["a.txt", "-o", "a.txt"], "a.txt is an input and would be overwritten"),
    (["a.txt", "-o", "sub/../a.txt"], "sub/../a.txt is an input and would be overwritten"),
    (["a.txt", "-o", "hard.txt"], "hard.txt is an input and would be overwritten"),
    (["a.txt", "-o", "soft.txt"], "soft.txt is an input and would be overwritten"),
    (["a.txt", "-o", "."], "a.txt is an input and would be overwritten"),
    (["a.txt", "b.txt", "-o", "./"], "a.txt is an input and would be overwritten"),
    (["a.txt", "b.txt", "--report", "json={name}"], "a.txt is an input and would be overwritten"),
    (["a.txt", "--report", "json=a.txt"], "a.txt is an input and would be overwritten"),
    (["a.txt", "sub/a.txt", "-o", "new/"], "new/a.txt would be written twice"),
    (["a.txt", "a.txt", "-o", "new/"], "new/a.txt would be written twice"),
    (["a.txt", "./a.txt", "--in-place"], "a.txt would be written twice"),
    (["a.txt", "hard.txt", "--in-place"], "hard.txt would be written twice"),
    (["a.txt", "a.txt.orig", "--in-place"], "a.txt.orig is an input and would be overwritten"),
    (["a.txt", "-o", "c.txt", "--report", "json=c.txt"], "c.txt would be written twice"),
    (["a.txt", "sub/a.txt", "--report", "json=new/"], "new/a.txt.json would be written twice"),
    (["a.txt", "-o", "no/such/c.txt"], "no/such/c.txt: cannot be written (No such file or directory)"),
    (["a.txt", "-o", "b.txt/"], "b.txt: cannot be made a folder"),
    (["a.txt", "--kinds", "spin,typo"], "--kinds must be one of spin, spelling"),
    (["a.txt", "--kinds", ","], "--kinds must be one of spin"),
    (["a.txt", "--kinds", ""], "--kinds must be one of spin"),
    (["a.txt", "--min-confidence", "1.1"], "--min-confidence must be a number from 0 to 1"),
    (["a.txt", "--min-confidence", "nan"], "--min-confidence must be a number from 0 to 1"),
    (["a.txt", "--quotes", "never"], "'never' is not one of 'apply', 'suggest', 'skip'"),
    (["a.txt", "--allow", "gone"], "gone: cannot be read (No such file or directory)"),
    (["a.txt", "--min-confidence", "high"], "--min-confidence"),
    (["a.txt", "--pack", "broken", "-o", "new/"], "broken/pack.toml:3: broken"),
    (["gone.txt"], "gone.txt: no such file"),
    (["sub"], "sub: is a folder"),
    ([""], ".: is a folder"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSALS, ids=[" ".join(arguments) for arguments, _ in REFUSALS])
def test_refusals_are_one_line_and_touch_nothing(run, write, read, tmp_path, arguments, message):
    write(FILES)
    os.link(tmp_path / "a.txt", tmp_path / "hard.txt")
    (tmp_path / "soft.txt").symlink_to("a.txt")
    before = read()
    ran = run("restore", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("cleaner: ")
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert read() == before


BAD = {
    "missing": (None, "bad.txt: no such file"),
    "damaged": ("é dangle é".encode() + b"\xff", "bad.txt: damaged UTF-8 at byte 12"),
    "half of utf-16": (b"\xff\xfea", "bad.txt: marked as UTF-16-LE but not so at byte 2"),
    "pdf": (b"%PDF-1.7\n", "bad.txt: is a PDF"),
    "binary": (bytes(range(32)) * 40, "bad.txt: binary, with a NUL at byte 0"),
    "timeout": (b"slow", "bad.txt: rule x took more than 5 s"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_inputs_that_cannot_be_used_are_skipped(run, write, read, data, message):
    files = {"a.txt": "dangle a\n", "z.txt": "dangle z\n"} | ({} if data is None else {"bad.txt": data})
    write(files)
    ran = run("restore", "a.txt", "bad.txt", "z.txt", "--quiet")
    assert (ran.code, ran.out) == (3, b"have a\nhave z\n")
    assert ran.err.startswith(f"cleaner: {message}")
    assert ran.err.count("\n") == 1
    alone = run("restore", "bad.txt", "-o", "out.txt")
    assert (alone.code, alone.out, alone.err) == (2, b"", ran.err)
    if data is not None:
        assert run("restore", "-", stdin=data).err.startswith(f"cleaner: {message.replace('bad.txt', '<stdin>')}")


HARMLESS = {
    "empty": b"",
    "nearly 2 MB in a line": b"words and more " * 130_000,
    "crlf": b"one\r\ntwo\r\n",
    "cr": b"one\rtwo",
    "bom": b"\xef\xbb\xbfone\n",
    "nuls": b"The first line ends here.\0\nThe second does not.\n",
    "emoji": "😀👩‍👩‍👧🇬🇧\n".encode(),
    "no English": "Это не английский текст。日本語。\n".encode(),
    "odd separators": "a\u2028b\x0cc\x85".encode(),
}


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS)
def test_bytes_that_are_not_changed_come_out_as_they_went_in(run, write, tmp_path, data):
    write({"a.txt": data})
    assert run("restore", "a.txt").out == data
    assert run("restore", stdin=data).out == data
    assert run("restore", "a.txt", "-o", "b.txt").code == 0
    assert (tmp_path / "b.txt").read_bytes() == data
    assert run("restore", stdin=data + b"\r\nThey dangle on.\r\n").out == data + b"\r\nThey have on.\r\n"


def test_a_write_that_fails_leaves_no_part_behind(run, write, read, monkeypatch):
    write({"a.txt": "dangle a"})

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    for arguments in (["--in-place"], ["-o", "b.txt"], ["--report", "json=r.json"]):
        ran = run("restore", "a.txt", *arguments)
        assert (ran.code, ran.out) == (2, b"")
        assert "cannot be written (No space left on device)" in ran.err
        assert read() == {"a.txt": "dangle a"}


def test_a_bug_is_not_dressed_up_as_bad_input(run, write, monkeypatch):
    write({"a.txt": "dangle a"})
    monkeypatch.setattr("cleaner.cli.work.summary", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("restore", "a.txt")
