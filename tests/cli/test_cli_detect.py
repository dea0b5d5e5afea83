from __future__ import annotations

import json

import pytest

SPUN, HUMAN = "There dangle been talks.\r\n", "There have been talks.\r\n"
LINE = "{}: spun (90% likely spun), spin rate 25%, dialect double, 4 words\n"


def test_a_line_for_each_input(run, write):
    write({"a.txt": SPUN, "b.md": HUMAN + "word " * 60, "c.html": "<p>There dangle</p>"})
    ran = run("detect", "a.txt", "b.md", "c.html", "-", stdin=HUMAN.encode())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == (
        LINE.format("a.txt") + "b.md: human (1% likely spun), 64 words\n"
        "c.html: spun (90% likely spun), spin rate 25%, dialect double, 2 words\n"
        "<stdin>: unclear (1% likely spun), 4 words\n"
    )


def test_stdin_stands_in_a_pipe(run):
    assert run("detect", stdin=SPUN.encode()).out.decode() == LINE.format("<stdin>")
    ran = run("detect", terminals="stdin")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("Usage: cleaner detect")


def test_json_has_everything(run, write):
    write({"a.txt": SPUN, "é.txt": HUMAN})
    one, two = map(json.loads, run("detect", "--json", "a.txt", "é.txt").out.splitlines())
    assert one == {
        "name": "a.txt",
        "verdict": "spun",
        "spun": 0.9,
        "spin_rate": 0.25,
        "dialect": "double",
        "words": 4,
        "evidence": 2.5,
        "swaps": [{"start": 6, "end": 12, "before": "dangle", "after": "have", "probability": 0.9}],
    }
    assert (two["name"], two["verdict"], two["dialect"], two["swaps"]) == ("é.txt", "unclear", None, [])


@pytest.mark.parametrize(
    ("files", "code", "checked"),
    [
        (["human.txt"], 0, 0),
        (["human.txt", "spun.txt"], 0, 1),
        (["human.txt", "gone.txt"], 3, 3),
        (["gone.txt", "spun.txt"], 3, 1),
        (["human.txt", "slow.txt"], 3, 3),
        (["gone.txt", "slow.txt"], 2, 2),
    ],
)
def test_exit_codes(run, write, files, code, checked):
    write({"human.txt": HUMAN, "spun.txt": SPUN, "slow.txt": "slow"})
    ran = run("detect", *files)
    assert ran.code == code
    assert ran.err.count("\n") == len([name for name in files if name in ("gone.txt", "slow.txt")])
    quiet = run("detect", *files, "--check", "--quiet")
    assert (quiet.code, quiet.out, quiet.err) == (checked, b"", ran.err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "-"], "- is given twice"),
        (["--format", "pdf"], "'pdf' is not one of"),
        (["--pack", "broken", "a.txt"], "broken/pack.toml:3: broken"),
    ],
)
def test_refusals(run, write, arguments, message):
    write({"a.txt": SPUN})
    ran = run("detect", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert message in ran.err


def test_nothing_is_written(run, write, read):
    files = {"a.txt": SPUN, "pyproject.toml": '[tool.cleaner]\npacks = ["house"]\n'}
    write(files)
    assert run("detect", "a.txt").code == 0
    assert read() == files


def test_settings_reach_the_restorer(run, write, restorers, tmp_path):
    write({"a.txt": SPUN, "pyproject.toml": '[tool.cleaner]\npacks = ["house"]\n'})
    run("detect", "a.txt")
    run("detect", "a.txt", "--no-config")
    assert restorers == [{"packs": (tmp_path / "house",)}, {}]


@pytest.mark.parametrize("command", ["restore", "explain"])
def test_only_spun_reaches_the_restorer(run, write, restorers, command):
    write({"a.txt": SPUN, "pyproject.toml": "[tool.cleaner]\nonly-spun = true\n"})
    run(command, "a.txt")
    run(command, "a.txt", "--no-only-spun")
    run(command, "a.txt", "--no-config", "--only-spun")
    assert [made.get("only_spun", False) for made in restorers] == [True, False, True]
