from __future__ import annotations

import json
import sys

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner.cli import app, main

COMMANDS = [
    "restore",
    "batch",
    "detect",
    "explain",
    "revert",
    "evaluate",
    "learn",
    "diff",
    "config",
    "pack list",
    "pack show",
    "pack test",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(command):
    shown = CliRunner().invoke(app, [*command.split(), "--help"])
    assert shown.exit_code == 0
    examples = shown.output.split("Example")[1]
    assert f"\n    cleaner {command}" in examples


def test_commands_are_those_of_the_manual():
    names = [word for line in CliRunner().invoke(app, ["--help"]).output.splitlines() for word in line.split()[:1]]
    assert names[names.index("Commands:") + 1 :][:12] == [
        "restore",
        "batch",
        "detect",
        "explain",
        "review",
        "apply",
        "revert",
        "diff",
        "config",
        "evaluate",
        "learn",
        "pack",
    ]


@pytest.mark.parametrize("arguments", [[], ["pack"]])
def test_no_command_gives_help(run, arguments):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("Usage: cleaner")


def test_version(run):
    ran = run("--version")
    assert (ran.code, ran.out.decode(), ran.err) == (0, f"cleaner {cleaner.__version__}\n", "")


@pytest.mark.parametrize("arguments", [["bogus"], ["pack", "bogus"], ["explain"], ["revert", "a.txt"], ["--bogus"]])
def test_wrong_command_lines_are_refused_in_one_line(run, arguments):
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("cleaner: ")
    assert ran.err.count("\n") == 1


def test_the_process_arguments_are_the_default(run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["cleaner", "bogus"])
    assert main() == 2
    assert "bogus" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["a.txt"], ["-"]])
def test_explain(run, write, arguments):
    write({"a.txt": "x\nThere dangle easy been"})
    ran = run("explain", *arguments, stdin=b"x\nThere dangle easy been")
    assert (ran.code, ran.err) == (0, "")
    assert "2:7  dangle -> have\n    spin, 90% sure, source fake\n    fake +1.00; sum +1.00\n" in ran.out.decode()
    assert "easy -> still  (suggested, not applied)" in ran.out.decode()


def test_explain_refuses_bad_input(run):
    ran = run("explain", "gone.txt")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("cleaner: gone.txt: no such file")


SOURCES = [
    b"There dangle been.\n",
    b"\xef\xbb\xbfThere dangle been,\r\nback to top\n\0 dangle",
    "😀 dangle\rdangle 日本".encode(),
    b"",
]


@pytest.mark.parametrize("source", SOURCES)
def test_revert_gives_the_input_back(run, write, tmp_path, source):
    write({"a.txt": source})
    assert run("restore", "a.txt", "-o", "b.txt", "--report", "json=r.json").code == 0
    restored = (tmp_path / "b.txt").read_bytes()
    assert run("revert", "b.txt", "r.json").out == source
    assert run("revert", "-", "r.json", stdin=restored).out == source
    assert run("revert", "b.txt", "r.json", "-o", "c.txt").out == b""
    assert (tmp_path / "c.txt").read_bytes() == source


def no_report(data: str) -> str:
    return "{}"


def other_edits(data: str) -> str:
    report = json.loads(data)
    report["edits"][0]["before"] = "tangle"
    return json.dumps(report)


@pytest.mark.parametrize(
    ("restored", "spoil", "message"),
    [
        ("There have been!\n", str, "b.txt cannot be reverted by r.json: the text is not the one"),
        ("There have been.\r\n", str, "b.txt cannot be reverted by r.json: the text is not the one"),
        ("There dangle been.\n", str, "b.txt cannot be reverted by r.json: the text is not the one"),
        ("There have been.\n", no_report, "b.txt cannot be reverted by r.json: schema is missing"),
        ("There have been.\n", other_edits, "b.txt cannot be reverted by r.json: edits do not lead back"),
        ("There have been.\n", lambda data: data[:-3], "b.txt cannot be reverted by r.json: not JSON"),
        ("There have been.\n", lambda data: "\0" + data, "b.txt cannot be reverted by r.json: not JSON"),
    ],
)
def test_revert_refuses_what_does_not_belong_together(run, write, read, restored, spoil, message):
    write({"a.txt": "There dangle been.\n"})
    assert run("restore", "a.txt", "-o", "b.txt", "--report", "json=r.json").code == 0
    write({"b.txt": restored, "r.json": spoil(read()["r.json"])})
    before = read()
    ran = run("revert", "b.txt", "r.json", "-o", "c.txt")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"cleaner: {message}")
    assert ran.err.count("\n") == 1
    assert read() == before


@pytest.mark.parametrize("output", ["b.txt", "r.json", "./b.txt"])
def test_revert_does_not_overwrite_its_inputs(run, write, read, output):
    write({"a.txt": "dangle"})
    assert run("restore", "a.txt", "-o", "b.txt", "--report", "json=r.json").code == 0
    before = read()
    ran = run("revert", "b.txt", "r.json", "-o", output)
    assert (ran.code, ran.err) == (
        2,
        f"cleaner: {output.removeprefix('./')} is an input and would be overwritten; choose another name\n",
    )
    assert read() == before


PAGES = {
    "gold/a.spun.txt": "There dangle been.\n",
    "gold/a.orig.txt": "There have been.\n",
    "gold/b.clean.txt": "Fine.\n",
}


def test_evaluate(run, write):
    write(PAGES)
    ran = run("evaluate", "gold", "--json")
    assert (ran.code, ran.err) == (0, "")
    figures = json.loads(ran.out)
    assert [(page["name"], page["undone"]) for page in figures["pages"]] == [("a", 1.0)]
    table = run("evaluate", "gold").out.decode()
    assert "undone  1.000" in table
    assert table.endswith("\n")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "gold: no such folder"),
        ({"gold": "a file"}, "gold: no such folder"),
        ({"gold/x.txt": ""}, "gold: holds no NAME.spun.txt"),
        ({"gold/a.spun.txt": "a"}, "gold/a.spun.txt: its original a.orig.txt is missing"),
        (PAGES | {"gold/a.orig.txt": b"\xff"}, "gold: a page is not UTF-8"),
    ],
)
def test_evaluate_refuses_folders_without_pages(run, write, files, message):
    write(files)
    ran = run("evaluate", "gold")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith(f"cleaner: {message}")
    assert ran.err.count("\n") == 1
