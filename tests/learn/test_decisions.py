"""Learning from what reviewers decided."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cleaner.cli.app import app, main
from cleaner.edits import Alternative
from cleaner.learn.decisions import Vote, cased, learn, read_folder, render, votes
from cleaner.packs.check import check_pack
from cleaner.packs.load import load_pack
from cleaner.review.decisions import VERDICTS, decide, undecided
from cleaner.review.decisions import render as saved
from tests.report.made import Swap, made

WORTH = Swap("Worth", "Value", confidence=0.7, alternatives=(Alternative("Price", 0.2), Alternative("Worth", 0.1)))
NAMES = {"about": "pack.toml", "table": "decided.tsv"}


def reviewed(*swaps, name="a.txt"):
    """The review of a text of these swaps, each with its verdict and the reviewer's own words."""
    pieces = [piece for swap, *_ in swaps for piece in ("It is ", swap, " now. ")]
    review = undecided(made(*pieces, name), name)
    decisions = (
        decide(each.edit, each.applied, verdict, own)
        for each, (_, verdict, own) in zip(review.decisions, swaps, strict=True)
    )
    return replace(review, decisions=tuple(decisions))


@pytest.mark.parametrize(
    ("swap", "verdict", "own", "expected"),
    [
        (WORTH, "undecided", "", []),
        (WORTH, "accepted", "", [("value", True, 0.7)]),
        (WORTH, "rejected", "", [("value", False, 0.7)]),
        (WORTH, "edited", "Price", [("value", False, 0.7), ("price", True, 0.2)]),
        (WORTH, "edited", "Merit", [("value", False, 0.7), ("merit", True, 0.0)]),
        (WORTH, "edited", "VALUE", [("value", True, 0.7)]),
        (WORTH, "edited", "worth", [("value", False, 0.7)]),
        (WORTH, "edited", "What all of it had been said to be", [("value", False, 0.7)]),
        (replace(WORTH, source="reviewer", confidence=1.0), "edited", "Price", [("price", True, 0.2)]),
        (Swap("a", "an", kind="agreement"), "rejected", "", []),
    ],
)
def test_what_a_decision_says(swap, verdict, own, expected):
    (decision,) = reviewed((swap, verdict, own)).decisions
    assert list(votes(decision)) == [Vote(swap.before.lower(), *each) for each in expected]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Easy", "Still", "still"),
        ("individuals", "Americans", "Americans"),
        ("Excessive Court", "High Court", "High Court"),
        ("MOMENT", "TIME", "time"),
        ("do not", "don’t", "don't"),
    ],
)
def test_names_keep_their_capitals(before, after, expected):
    assert cased(before, after) == expected


def test_verdicts_of_a_text_are_added_up():
    review = reviewed((WORTH, "rejected", ""), (WORTH, "accepted", ""), (WORTH, "edited", "Price"))
    table = render(learn([review]))
    assert [line.split("\t")[:6] for line in table.splitlines()[1:]] == [
        ["price", "worth", "1", "0", "0.8000", "0.0000"],
        ["value", "worth", "1", "2", "0.3000", "1.4000"],
    ]


UNTEACHABLE = [
    Swap("organized", "organised", kind="spelling"),
    Swap("fine\nBack to top", "fine", kind="residue"),
    Swap("Back\tto", "back\tat", kind="spin"),
    Swap("“", '"', kind="unicode"),
    Swap("very", ""),
    Swap("# so", "such"),
]


@pytest.mark.parametrize("swap", UNTEACHABLE, ids=lambda swap: repr(swap.before))
@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_no_table_could_hold_is_left_out(swap, verdict):
    assert learn([reviewed((swap, verdict, swap.after))]) == []


words = st.sampled_from(
    ["worth", "Value", "price", "Americans", "people", "12 months", "it’s", "#a", "a\tb", " ", "x\n"]
)
swaps = st.builds(Swap, words, words, st.booleans(), confidence=st.floats(0, 1).map(lambda x: round(x, 4)))
reviews = st.lists(st.tuples(swaps, st.sampled_from(VERDICTS), words), max_size=6)
shelf = st.dictionaries(st.sampled_from("abcd"), reviews).map(
    lambda texts: [reviewed(*each, name=name) for name, each in texts.items()]
)


@settings(deadline=None)
@given(shelf, shelf)
def test_learning_is_additive_and_repeatable(one, other):
    known = {review.source_sha256 for review in other}
    fresh = [review for review in one if review.source_sha256 not in known]
    both = learn([*fresh, *other])
    assert learn(other, learn(one)) == both == learn([*other, *fresh]) == learn(other, both)


@settings(deadline=None)
@given(shelf)
def test_what_is_learnt_is_a_good_pack(tmp_path_factory, shelf):
    folder = tmp_path_factory.mktemp("pack")
    (folder / "pack.toml").write_text(ABOUT, "utf-8")
    (folder / "decided.tsv").write_text(render(learn(shelf)), "utf-8")
    assert check_pack(folder) == []
    assert list(load_pack(folder).verdicts) == learn(shelf)


ABOUT = 'name = "mine"\nversion = "1"\nlanguage = "en"\nlicence = "MIT"\nprovenance = "ours"\n'


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder of reviews: of two texts, one of them saved twice."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reviews/week").mkdir(parents=True)
    begun = reviewed((WORTH, "undecided", ""), (WORTH, "rejected", ""))
    (tmp_path / "reviews/a.decisions.json").write_text(saved(begun), "utf-8")
    done = reviewed((WORTH, "edited", "Price"), (WORTH, "rejected", ""))
    (tmp_path / "reviews/week/a.decisions.json").write_text(saved(done), "utf-8")
    other = reviewed((Swap("dangle", "have", confidence=0.9), "rejected", ""), name="b.txt")
    (tmp_path / "reviews/week/b.decisions.json").write_text(saved(other), "utf-8")
    return tmp_path


def test_of_a_text_reviewed_twice_the_fuller_review_counts(desk):
    assert [review.decided for review in read_folder(desk / "reviews")] == [2, 1]


def test_without_a_pack_it_is_shown_and_nothing_is_written(desk):
    before = sorted(desk.rglob("*"))
    ran = CliRunner().invoke(app, ["learn", "--decisions", "reviews"])
    assert ran.exit_code == 0
    assert ran.stdout.splitlines() == [
        "decisions on 2 texts: 0 accepted, 2 rejected, 1 edited, 0 open",
        "never made again: 0",
        "enter: 0",
        "gain: 1",
        "  worth → price: accepted 1, rejected 0, × 1.80",
        "lose: 2",
        "  worth → value: accepted 0, rejected 2, × 0.42",
        "  dangle → have: accepted 0, rejected 1, × 0.53",
    ]
    assert sorted(desk.rglob("*")) == before


def test_the_pack_is_written_once_and_for_all(desk, capsys):
    text = "The worth of oil fell in the past week, officers mentioned, and individuals have been blissful about it."
    (desk / "gold").mkdir()
    (desk / "gold/a.spun.txt").write_text(text, "utf-8")
    (desk / "gold/a.orig.txt").write_text(text.replace("worth", "price"), "utf-8")
    (desk / "gold/b.clean.txt").write_text("The price of oil fell.", "utf-8")
    command = ["learn", "--decisions", "reviews", "-o", "mine/pack", "--evaluate", "gold"]
    assert main(command) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "gold: 1 pages, before → after\n  undone " in said.err
    assert "  false changes per 1,000 words 0.00 → 0.00\n" in said.err
    first = {path.name: path.read_bytes() for path in (desk / "mine/pack").iterdir()}
    assert set(first) == {"pack.toml", "decided.tsv"}
    assert main(command[:-2]) == 0
    assert {path.name: path.read_bytes() for path in (desk / "mine/pack").iterdir()} == first
    assert main(["pack", "test", "mine/pack"]) == 0


def test_a_pack_keeps_what_it_holds_beside(desk):
    mine = desk / "mine"
    mine.mkdir()
    (mine / "pack.toml").write_text(ABOUT, "utf-8")
    (mine / "protect.txt").write_text("Worth\n", "utf-8")
    (mine / "decided.tsv").write_text(render(learn([reviewed((WORTH, "accepted", ""), name="c.txt")])), "utf-8")
    assert main(["learn", "--decisions", "reviews", "-o", "mine"]) == 0
    assert (mine / "pack.toml").read_text("utf-8") == ABOUT
    assert len({verdicts.text for verdicts in load_pack(mine).verdicts}) == 3
    assert check_pack(mine) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--decisions", "nowhere"], "nowhere: no such folder"),
        (["--decisions", "empty"], "empty: holds no *.decisions.json; cleaner review saves them"),
        (["--decisions", "reviews", "--evaluate", "nowhere"], "nowhere: no such folder"),
        (["--decisions", "reviews", "--evaluate", "empty", "-o", "mine"], "empty: holds no NAME.spun.txt"),
        (["--decisions", "reviews", "pack"], "--decisions takes the place of SOURCE and PACK; name the pack by -o"),
        (["--decisions", "broken"], "broken/x.decisions.json: decisions[0].verdict: expected one of"),
        (["--decisions", "binary"], "binary/x.decisions.json: "),
        (["--decisions", "reviews", "-o", "bad"], "bad/decided.tsv:1: the first line must read"),
        (["--decisions", "reviews", "-o", "half"], "half/pack.toml: No such file"),
        (["reviews"], "give SOURCE and PACK, or --decisions DIR"),
        (["reviews", "mine", "--evaluate", "empty"], "give SOURCE and PACK, or --decisions DIR"),
    ],
)
def test_what_cannot_be_learnt_is_refused_in_one_line(desk, capsys, arguments, complaint):
    for name in ("empty", "broken", "binary", "bad", "half"):
        (desk / name).mkdir()
    review = json.loads(saved(reviewed((WORTH, "accepted", ""))))
    review["decisions"][0]["verdict"] = "perhaps"
    (desk / "broken/x.decisions.json").write_text(json.dumps(review), "utf-8")
    (desk / "binary/x.decisions.json").write_bytes(b"\0\xff\0")
    (desk / "bad/pack.toml").write_text(ABOUT, "utf-8")
    (desk / "half/decided.tsv").write_text("", "utf-8")
    (desk / "bad/decided.tsv").write_text("original\n", "utf-8")
    assert main(["learn", *arguments]) == 2
    said = capsys.readouterr()
    assert said.err.splitlines()[-1].startswith(f"cleaner: {complaint}")
    assert not (desk / "mine").exists()
