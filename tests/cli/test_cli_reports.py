"""Reports that need more than a path: Word documents, one report on several inputs, hooks."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.review.word import decided, typed

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"


def test_a_word_document_goes_to_an_editor_and_back(run, write, read, tmp_path):
    write({"a.txt": "\ufeffx dangle\r\ndangle and easy\r\n"})
    assert run("restore", "a.txt", "-o", "b.txt", "--report", "docx=r.docx").code == 0
    data = decided((tmp_path / "r.docx").read_bytes(), {1: False, 2: True}.get)
    (tmp_path / "r.docx").write_bytes(typed(data, ">easy<", ">easily<"))
    ran = run("apply", "a.txt", "r.docx", "-o", "c.txt", "--report", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert (tmp_path / "c.txt").read_bytes().decode() == "\ufeffx dangle\r\nhave and easily\r\n"
    made = [json.loads(line) for line in ran.out.splitlines()]
    assert [(each["after"], each["source"]) for each in made] == [("have", "fake"), ("easily", "reviewer")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "gone.docx"], "gone.docx cannot be read (No such file or directory)"),
        (["a.txt", "text.docx"], "text.docx cannot be applied to a.txt: not a Word document"),
        (
            ["b.txt", "r.docx"],
            "r.docx cannot be applied to b.txt: the text is not the source of this report of 'a.txt'",
        ),
        (["a.txt", "r.docx", "-o", "r.docx"], "r.docx is an input and would be overwritten"),
    ],
)
def test_apply_refuses_other_documents_in_one_line(run, write, arguments, message):
    write({"a.txt": "dangle", "b.txt": "other", "text.docx": "dangle"})
    run("restore", "a.txt", "-o", "c.txt", "--report", "docx=r.docx")
    ran = run("apply", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert message in ran.err


@pytest.mark.parametrize(
    "arguments", [["diff", "a.txt", "b.txt"], ["restore", "a.txt", "-o", "c.txt"]], ids=lambda each: each[0]
)
def test_word_documents_do_not_go_to_terminals(run, write, arguments):
    write({"a.txt": "dangle", "b.txt": "have"})
    ran = run(*arguments, "--report", "docx", terminals="stdout")
    assert (ran.code, ran.out) == (2, b"")
    assert "give it a path: --report docx=FILE.docx" in ran.err
    assert run(*arguments, "--report", "docx").out.startswith(b"PK")


@pytest.mark.parametrize("format", ["sarif", "jsonl", "diff", "word-diff"])
def test_one_report_on_several_inputs(run, write, read, format):
    write({"a.txt": "dangle\n", "b.txt": "clean\n", "c.txt": "easy dangle\n", "d.txt": b"\xff\xfe"})
    ran = run("restore", "a.txt", "b.txt", "c.txt", "d.txt", "--check", "--report", f"{format}=all")
    assert (ran.code, ran.out) == (1, b"a.txt:1:1: dangle -> have\nc.txt:1:6: dangle -> have\n")
    (path,) = Path().glob("all")
    report = path.read_text()
    if format == "sarif":
        assert len(json.loads(report)["runs"][0]["results"]) == 3
    elif format == "jsonl":
        assert [json.loads(line)["document"] for line in report.splitlines()] == ["a.txt", "c.txt", "c.txt"]
    else:
        assert (report.count("--- a/"), report.count("dangle")) == (2, 2)


def test_the_diff_applies_to_a_file_with_a_byte_order_mark(run, write, read, tmp_path):
    write({"a.txt": "\ufeffdangle\r\nx", "b.txt": "\ufeffdangle\n"})
    run("restore", "a.txt", "b.txt", "--check", "--report", "diff=all.patch")
    subprocess.run(["git", "apply", "--whitespace=nowarn", "all.patch"], cwd=tmp_path, check=True)
    assert (tmp_path / "a.txt").read_bytes().decode() == "\ufeffhave\r\nx"
    assert (tmp_path / "b.txt").read_bytes().decode() == "\ufeffhave\n"


def test_a_report_on_several_inputs_overwrites_none(run, write, read):
    files = {"a.txt": "dangle\n", "b.txt": "dangle\n"}
    write(files)
    ran = run("restore", "a.txt", "b.txt", "--check", "--report", "jsonl=b.txt")
    assert (ran.code, read()) == (2, files)
    assert "b.txt is an input and would be overwritten" in ran.err
    ran = run("restore", "a.txt", "b.txt", "--check", "--report", "jsonl=r", "--report", "diff=r")
    assert (ran.code, read()) == (2, files)
    assert "r would be written twice" in ran.err


def test_hooks_find_and_fix(run, write, read):
    entries = dict(zip(_values("id"), map(shlex.split, _values("entry")), strict=True))
    assert {command[0] for command in entries.values()} == {"cleaner"}
    write({"a.txt": "dangle\n", "b.md": "clean\n"})
    assert run(*entries["cleaner"][1:], "a.txt", "b.md").code == 1
    assert run(*entries["cleaner-fix"][1:], "a.txt", "b.md").code == 0
    assert read() == {"a.txt": "have\n", "b.md": "clean\n"}
    assert run(*entries["cleaner"][1:], "a.txt", "b.md").code == 0


def _values(key: str) -> list[str]:
    lines = (line.lstrip("- ") for line in HOOKS.read_text().splitlines())
    return [line.removeprefix(f"{key}: ") for line in lines if line.startswith(f"{key}: ")]
