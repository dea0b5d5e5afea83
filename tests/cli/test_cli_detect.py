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
        LINE.format("a.txt") + "b.md: human (<1% likely spun), 64 words\n"
        "c.html: spun (90% likely spun), spin rate 25%, dialect double, 2 words\n"
        "<stdin>: unclear (<1% likely spun), 4 words\n"
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


RECORDS = [
    (b'{"text": "They dangle", "n": 1e999}', '"verdict": "spun"'),
    ('{"text": "Café",  "a": [1]}'.encode(), '"verdict": "unclear"'),
    (b"", ""),
    (b'{"text": null}', ""),
    (b'{"txt": "dangle"}', "has no field 'text'"),
    (b'{"text": "slow"}', "rule x took more"),
    (b'{"text": "dangle", "spun": 1}', "has a field 'spun' already; rename it"),
    (b'{"text": "dangle"', "not JSON"),
    (b"[1]", "not a JSON object"),
    (b'{"text": "caf\xe9"}', "not UTF-8"),
    (b'{"text":' + b"[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize("arguments", [["a.jsonl"], ["--jsonl"], ["--jsonl", "-"]])
def test_records_get_fields_and_bad_ones_stay(run, write, arguments):
    data = b"\n".join(line for line, _ in RECORDS) + b"\n"
    write({"a.jsonl": data})
    ran = run("detect", *arguments, stdin=data)
    name = "a.jsonl" if "a.jsonl" in arguments else "<stdin>"
    assert ran.code == 3
    told = ran.err.splitlines()
    assert told.pop() == f"{name}: 10 records, 1 spun, 7 not judged"
    for number, ((line, said), out) in enumerate(zip(RECORDS, ran.out.split(b"\n"), strict=False), 1):
        if said.startswith('"verdict'):
            assert out.startswith(line[:-1])
            added = json.loads(out).keys() - json.loads(line).keys()
            assert added == {"verdict", "spun", "spin_rate", "dialect", "words", "evidence", "swaps"}
            assert said in out.decode()
        else:
            assert out == line
        if said and not said.startswith('"verdict'):
            assert told.pop(0).startswith(f"cleaner: {name}:{number}: {said}")
    assert told == []


@pytest.mark.parametrize(
    ("lines", "code", "checked"),
    [(['"have"'], 0, 0), (['"dangle"', '"have"'], 0, 1), (['"have"', "1"], 3, 3), (['"dangle"', "1"], 3, 1)],
)
def test_exit_codes_for_records(run, write, lines, code, checked):
    write({"a.ndjson": "".join(f'{{"body": {line}}}\n' for line in lines)})
    assert run("detect", "a.ndjson", "--field", "body").code == code
    ran = run("detect", "a.ndjson", "--field", "body", "--check", "--quiet")
    assert (ran.code, ran.out) == (checked, b"")
    assert run("detect", "gone.jsonl").code == 2
    assert run("detect", "gone.jsonl", "a.ndjson", "--field", "body").code == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.jsonl", "a.txt"], "texts and records cannot be mixed"),
        (["a.csv"], "of records, detect reads JSON Lines"),
        (["--jsonl", "--format", "txt", "a.txt"], "--format and --jsonl exclude each other"),
    ],
)
def test_refusals_of_records(run, arguments, message):
    ran = run("detect", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, b"", 1)
    assert message in ran.err
