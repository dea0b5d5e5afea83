"""Batches in one process: what lies where afterwards, and what is done again."""

from __future__ import annotations

import csv
import io
import json
import os

import pytest

TEXTS = {
    "in/a.txt": "There dangle been talks.\r\n",
    "in/sub/b.txt": "No allege contact has easy been made.\n",
    "in/sub/deep/index.html": "Dangle on.\n",
    "in/c.md": "Nothing here.\n",
}


def test_tree_is_mirrored_with_reports_and_summary(batch, write, tree):
    write(TEXTS | {"in/x.png": "", "in/.hidden.txt": "dangle", "in/.git/a.txt": "dangle"})
    code, err = batch("in", "out", "--verbose")
    assert code == 0
    assert "left out: " in err
    assert "x.png" in err
    assert "4 files done: 15 words, 3 changes, 1 suggestions" in err
    found = tree("out")
    texts = {name: data for name, data in found.items() if not name.startswith("reports/")}
    assert texts == {
        "a.txt": b"There have been talks.\r\n",
        "sub/b.txt": b"No direct contact has easy been made.\n",
        "sub/deep/index.html": b"have on.\n",
        "c.md": b"Nothing here.\n",
    }
    reports = {f"reports/{name}.{format}" for name in texts for format in ("html", "json")}
    summary = {f"reports/{name}" for name in ("index.html", "summary.json", "files.csv", "substitutions.csv")}
    assert found.keys() == texts.keys() | reports | summary
    assert tree("in").keys() == {name.removeprefix("in/") for name in TEXTS} | {"x.png", ".hidden.txt", ".git/a.txt"}


def test_summary_says_the_same_as_json_and_csv(batch, write, tree):
    write(TEXTS | {"in/bad.txt": b"\0\1\2\3" * 9, "in/=1.txt": "navy"})
    assert batch("in", "out")[0] == 3
    found = tree("out")
    whole = json.loads(found["reports/summary.json"])
    assert (whole["files"], whole["failed"], whole["words"], whole["changes"]) == (6, 1, 16, 4)
    by_name = {file["name"]: file for file in whole["by_file"]}
    assert "binary" in by_name["bad.txt"]["error"]
    assert by_name["a.txt"]["dialect"] == "table"
    dangle = next(each for each in whole["substitutions"] if each["before"] == "dangle")
    assert (dangle["after"], dangle["made"], dangle["files"]) == ("have", 2, 2)
    assert dangle["examples"][0] == {
        "file": "a.txt", "left": "There ", "before": "dangle", "after": "have", "right": " been talks. "
    }  # fmt: skip
    files = list(csv.DictReader(io.StringIO(found["reports/files.csv"].decode())))
    assert [row["name"] for row in files] == ["'=1.txt", "a.txt", "bad.txt", "c.md", "sub/b.txt", "sub/deep/index.html"]
    pairs = list(csv.DictReader(io.StringIO(found["reports/substitutions.csv"].decode())))
    assert [(row["before"], row["made"], row["suggested"]) for row in pairs] == [
        ("allege", "1", "0"),
        ("dangle", "2", "0"),
        ("easy", "0", "1"),
        ("navy", "1", "0"),
    ]


def test_nothing_usable_is_bad_input(batch, write):
    write({"in/a.txt": b"\0\1\2\3" * 9})
    assert batch("in", "out")[0] == 2


def test_resume_does_what_is_new_changed_or_gone(batch, write, tree, tmp_path):
    write(TEXTS)
    assert batch("in", "out")[0] == 0
    code, err = batch("in", "out")
    assert (code, "add --resume" in err) == (2, True)
    assert "4 done already, 0 to do" in batch("in", "out", "--resume")[1]
    write({"in/a.txt": "Navy.\n", "in/new.txt": "dangle\n"})
    (tmp_path / "out/c.md").unlink()
    (tmp_path / "out/reports/sub/b.txt.json").unlink()
    assert "1 done already, 4 to do" in batch("in", "out", "--resume")[1]
    assert batch("in", "fresh")[0] == 0
    assert tree("out") == tree("fresh")
    assert "0 done already, 5 to do" in batch("in", "out", "--resume", "--min-confidence", "0.9")[1]


def test_rejections_do_again_just_the_files_that_have_them(batch, write, tree):
    write(TEXTS | {"rejected.tsv": "DANGLE\thave\n", "others.tsv": "# easy is only suggested\neasy\tstill\n"})
    assert batch("in", "out")[0] == 0
    assert "2 done already, 2 to do" in batch("in", "out", "--resume", "--reject", "rejected.tsv")[1]
    assert tree("out")["a.txt"] == TEXTS["in/a.txt"].encode()
    assert b'"dangle",\n   "after": "have",\n   "kind": "",\n   "made": 0' in tree("out")["reports/summary.json"]
    assert batch("in", "rejected", "--reject", "rejected.tsv")[0] == 0
    assert tree("out") == tree("rejected")
    # The one is taken back, the other comes new: what a fresh run gives, again.
    assert "1 done already, 3 to do" in batch("in", "out", "--resume", "--reject", "others.tsv")[1]
    assert batch("in", "others", "--reject", "others.tsv")[0] == 0
    assert tree("out") == tree("others")


def test_nothing_of_others_is_written_over(batch, write, tree, tmp_path):
    write(TEXTS | {"out/a.txt": "mine", "second/a.txt": "mine"})
    code, err = batch("in", "out")
    assert (code, "out/a.txt exists already" in err) == (2, True)
    assert tree("out") == {"a.txt": b"mine"}
    code, err = batch("in", "out", "--resume")
    assert (code, "out/a.txt: is not as a batch wrote it; move it away" in err) == (3, True)
    assert tree("out")["a.txt"] == b"mine"
    # A text edited by hand stays, even when its input changes.
    write({"out/c.md": "mine", "in/c.md": "navy"})
    assert batch("in", "out", "--resume")[0] == 3
    assert tree("out")["c.md"] == b"mine"
    (tmp_path / "out/c.md").unlink()
    (tmp_path / "out/a.txt").unlink()
    assert batch("in", "out", "--resume")[0] == 0
    assert tree("out")["c.md"] == b"military"


def test_output_inside_the_input_is_no_input(batch, write, tree):
    write(TEXTS)
    assert batch("in", "in/out")[0] == 0
    assert "4 done already, 0 to do" in batch("in", "in/out", "--resume")[1]


def test_lists_patterns_and_several_folders(batch, write, tree):
    write(TEXTS)
    names = sorted(TEXTS)
    assert batch("-", "by-list", stdin="\n".join(names).encode())[0] == 0
    assert batch("-", "by-nul", stdin="\0".join(names).encode())[0] == 0
    assert batch("in/**/*", "by-pattern")[0] == 0
    assert tree("by-list") == tree("by-nul") == tree("by-pattern")
    assert batch("in/sub", "in/a.txt", "several")[0] == 0
    assert {name for name in tree("several") if not name.startswith("reports/")} == {
        "a.txt", "sub/b.txt", "sub/deep/index.html"
    }  # fmt: skip


def test_odd_names(batch, write, tree, tmp_path):
    odd = [b"\xff.txt", "naïve\n%23#?.txt".encode(), b"<b>.txt"]
    (tmp_path / "in").mkdir()
    for name in odd:
        (tmp_path / "in" / os.fsdecode(name)).write_text("dangle")
    os.mkfifo(tmp_path / "in/pipe.txt")
    code, err = batch("in", "out")
    assert (code, "pipe.txt: cannot be read (no regular file)" in err) == (3, True)
    assert all((tmp_path / "out" / os.fsdecode(name)).read_text() == "have" for name in odd)
    page = tree("out")["reports/index.html"].decode()
    assert 'href="../%FF.txt"' in page
    assert 'href="na%C3%AFve%0A%2523%23%3F.txt.html">naïve\\n%23#?.txt' in page
    assert "<b>" not in page
    assert "3 done already, 1 to do" in batch("in", "out", "--resume")[1]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["in"], "give inputs and then the folder"),
        (["nowhere", "out"], "nowhere: no such file or folder"),
        (["in/*.docx", "out"], "no file to clean; a batch takes .txt"),
        (["in", "in"], "is an input and would be overwritten"),
        (["in/a.txt", "in/c.md", "in"], "is an input and would be overwritten"),
        (["in", "out", "--reports", "."], "holds the inputs; give --reports another folder"),
        (["in", "out", "--reports", "out/sub"], "would lie among the reports"),
        (["in", "in/a.txt"], "a.txt/.cleaner: cannot be made a folder"),
        (["in", "/proc/out"], "cannot be made a folder"),
        (["in", "out", "--lm", "nowhere"], "nowhere: cannot be read"),
        (["in", "out", "--reject", "nowhere"], "nowhere: no such file"),
        (["in", "out", "--reject", "in/a.txt"], "in/a.txt:1: must read before<TAB>after; there are 1 columns"),
        (["-", "out"], "no input"),
        (["-", "-", "out"], "- is given twice"),
    ],
)
def test_refusals(batch, write, tree, arguments, error):
    write(TEXTS)
    before = tree("in")
    code, err = batch(*arguments)
    assert error in err
    assert (code, err.count("\n")) == (2, 1)
    assert tree("in") == before


@pytest.mark.parametrize("damage", ["garbage" * 999, ""])
def test_damaged_manifest(batch, write, tree, tmp_path, damage):
    write(TEXTS)
    assert batch("in", "out")[0] == 0
    whole = tree("out")
    (manifest,) = (tmp_path / "out/.cleaner").glob("*.sqlite")
    manifest.write_text(damage)
    if damage:
        code, err = batch("in", "out", "--resume")
        assert (code, "is damaged" in err) == (2, True)
        manifest.unlink()
    code, err = batch("in", "out", "--resume")
    assert (code, "4 files done" in err) == (0, True)
    assert tree("out") == whole
