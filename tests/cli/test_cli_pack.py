from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.packs.check import check_pack
from cleaner.packs.load import shipped_packs

ABOUT = 'name = "mine"\nversion = "1.2"\nlanguage = "en"\nlicence = "CC0"\nprovenance = "By hand."\ndialect = "own"\n'
FORWARD = "original\tspun\tform\tswap\tnote\n"
DECIDED = "original\tspun\taccepted\trejected\tgain\tloss\ttext\n"
LEARNT = "original\tspun\tcount\tkept\tnote\n"


def rule(changes: str, leaves: str, pattern: str = r"(\\d+)\\.five", replace: str = r"\\1.5") -> str:
    return (
        f'[[rule]]\nname = "digits"\nkind = "spin"\npattern = "{pattern}"\nreplace = "{replace}"\n'
        f"confidence = 0.9\nchanges = {changes}\nleaves = {leaves}\n"
    )


GOOD = {
    "mine/pack.toml": ABOUT,
    "mine/forward.tsv": FORWARD
    + "# by hand\nhave\tdangle\t0.5\t0.5\t\nhave\thang\t0.5\t0.5\t\n\nstill\teasy\t1\t1\t\n",
    "mine/learnt.tsv": LEARNT + "have\tdangle\t3\t1\tread\n",
    "mine/decided.tsv": DECIDED + "own\tdangle\t0\t1\t0.0\t0.9\taa\nown\tdangle\t1\t0\t0.5\t0.0\tbb\n",
    "mine/phrases.tsv": FORWARD + "the future of\tthe device forward for\t1\t1\t\n",
    "mine/rules.toml": rule('[["2.five", "2.5"]]', '["two.five"]'),
    "mine/protect.txt": "Reuters\n",
}


def test_a_good_pack_has_no_problems(run, write):
    write(GOOD)
    assert check_pack(Path("mine")) == []
    ran = run("pack", "test", "mine")
    assert (ran.code, ran.out, ran.err) == (0, b"", "mine: good\n")


BROKEN = {
    "does not load": ({"mine/pack.toml": 'name = "mine"\n'}, ['mine/pack.toml: needs a line version = "…"']),
    "a cell too few": (
        {"mine/forward.tsv": FORWARD + "a\tb\t1\t1\n"},
        ["mine/forward.tsv:2: has 4 cells, needs 5 parted by tabs"],
    ),
    "twice": (
        {"mine/forward.tsv": FORWARD + "a\tb\t1\t1\t\n\nb\tc\t1\t1\t\na\tb\t1\t1\t\n"},
        ["mine/forward.tsv:5: 'a' -> 'b' stands in line 2 already"],
    ),
    "originals out of order": (
        {"mine/phrases.tsv": FORWARD + "# note\nb\tc\t1\t1\t\na\tb\t1\t1\t\nc\td\t1\t1\t\n"},
        ["mine/phrases.tsv:4: 'a' -> 'b' must stand before 'b' -> 'c'"],
    ),
    "spun forms out of order": (
        {"mine/learnt.tsv": LEARNT + "a\tc\t1\t1\t\na\tb\t1\t1\t\n"},
        ["mine/learnt.tsv:3: 'a' -> 'b' must stand before 'a' -> 'c'"],
    ),
    "verdicts of a text twice": (
        {"mine/decided.tsv": DECIDED + "a\tb\t1\t0\t1\t0\tx\na\tb\t0\t1\t0\t1\tx\n"},
        ["mine/decided.tsv:3: 'a' -> 'b' stands in line 2 already"],
    ),
    "verdicts out of order": (
        {"mine/decided.tsv": DECIDED + "a\tb\t1\t0\t1\t0\ty\na\tb\t0\t1\t0\t1\tx\n"},
        ["mine/decided.tsv:3: 'a' -> 'b' must stand before 'a' -> 'b'"],
    ),
    "protected original": (
        {"mine/forward.tsv": FORWARD + "reuters\tb\t1\t1\t\n"},
        ["mine/forward.tsv:2: 'reuters' is protected, so the row has no effect"],
    ),
    "protected spun form": (
        {"mine/learnt.tsv": LEARNT + "b\tREUTERS\t1\t1\t\n"},
        ["mine/learnt.tsv:2: 'REUTERS' is protected, so the row has no effect"],
    ),
    "a rule that does not change": (
        {"mine/rules.toml": "# a\n" + rule('[["2.six", "2.6"], ["2.five", "2.5"]]', '["a"]')},
        ["mine/rules.toml:2: mine:digits makes '2.six' into '2.six', not '2.6'"],
    ),
    "a rule that changes too much": (
        {"mine/rules.toml": rule('[["2.five", "2.5"]]', '["a"]') + "\n" + rule('[["2.five", "2.5"]]', '["3.five"]')},
        ["mine/rules.toml:10: mine:digits changes '3.five'"],
    ),
    "an example without a change": (
        {"mine/rules.toml": rule('[["two", "two"]]', '["a"]')},
        ["mine/rules.toml:1: mine:digits has an example that changes nothing: 'two'"],
    ),
    "a replacement without its group": (
        {"mine/rules.toml": rule('[["2.five", "2.5"]]', '["a"]', replace=r"\\7")},
        ["mine/rules.toml:1: mine:digits fails on '2.five': "],
    ),
}


@pytest.mark.parametrize(("files", "problems"), BROKEN.values(), ids=BROKEN)
def test_problems_are_named_with_file_and_line(run, write, files, problems):
    write(GOOD | files)
    ran = run("pack", "test", "mine")
    assert ran.code == 1
    found = ran.out.decode().splitlines()
    assert len(found) == len(problems)
    assert all(line.startswith(problem) for line, problem in zip(found, problems, strict=True))
    assert ran.err == f"mine: {len(problems)} problem\n"


def test_a_pattern_that_takes_too_long_is_a_problem(write, run, monkeypatch):
    monkeypatch.setattr("cleaner.normalise.residue.TIMEOUT", 0.01)
    text = "a" * 40
    write(GOOD | {"mine/rules.toml": rule(f'[["{text}!", "b"]]', '["b"]', pattern="^(a|aa|a?)+$")})
    [problem] = check_pack(Path("mine"))
    assert "took more than 0.01 s" in problem


def test_one_bad_pack_among_several_fails_the_test(run, write):
    write(GOOD | {"other/pack.toml": "x"})
    ran = run("pack", "test", "mine", "other")
    assert ran.code == 1
    assert ran.out.startswith(b"other/pack.toml: ")


@pytest.mark.parametrize("folder", shipped_packs(), ids=lambda folder: folder.name)
def test_shipped_packs_are_in_order(folder):
    assert check_pack(folder) == []


def test_list_names_all_shipped_packs(run):
    head, *rows = run("pack", "list").out.decode().splitlines()
    assert head.split() == ["name", "version", "dialect", "rows", "rules", "licence"]
    assert [row.split()[0] for row in rows] == [folder.name for folder in shipped_packs()]


def test_show_tells_facts_and_counts(run, write):
    write(GOOD)
    lines = [line.split(maxsplit=1) for line in run("pack", "show", "mine").out.decode().splitlines()]
    assert lines == [
        ["name", "mine"],
        ["version", "1.2"],
        ["language", "en"],
        ["licence", "CC0"],
        ["provenance", "By hand."],
        ["dialect", "own"],
        ["after", "-"],
        ["folder", "mine"],
        ["rows", "3"],
        ["phrases", "1"],
        ["names", "0"],
        ["rules", "1"],
        ["protected", "1"],
        ["verdicts", "2"],
    ]


@pytest.mark.parametrize(
    ("word", "pairs"),
    [
        ("Have", [("have", "dangle"), ("have", "hang")]),
        ("easy", [("still", "easy")]),
        ("future", [("the future of", "the device forward for")]),
        ("device forward", [("the future of", "the device forward for")]),
        ("own", [("own", "dangle")]),
        ("eas", []),
    ],
)
def test_show_finds_the_rows_of_a_word(run, write, word, pairs):
    write(GOOD)
    ran = run("pack", "show", "mine", "--word", word)
    head, *rows = ran.out.decode().splitlines()
    assert ran.code == 0
    assert head.split() == ["original", "spun", "form", "swap", "source"]
    assert [tuple(cell.strip() for cell in row.split("  ") if cell.strip())[:2] for row in rows] == pairs


@pytest.mark.parametrize("arguments", [["show", "nowhere"], ["test", "nowhere"]])
def test_a_pack_must_exist(run, arguments):
    ran = run("pack", *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("cleaner: nowhere: neither a folder nor a shipped pack (")


def test_shipped_packs_go_by_name(run, write):
    name = shipped_packs()[0].name
    write({f"{name}/pack.toml": ABOUT})
    assert run("pack", "show", name).out.split()[1].decode() == name
    assert run("pack", "show", f"./{name}").out.split()[1] == b"mine"


def test_a_broken_pack_is_shown_as_one_line(run, write):
    write({"mine/pack.toml": "name = 3"})
    ran = run("pack", "show", "mine")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == 'cleaner: mine/pack.toml: needs a line name = "…"\n'
