"""Learning a table from parallel text."""

import random
from collections import Counter

import pytest
from typer.testing import CliRunner

from cleaner.cli.app import app
from cleaner.learn.spin import forward_table, spin
from cleaner.learn.table import Observations, from_pages, learn, segment
from cleaner.packs.load import load_pack
from cleaner.packs.model import Row

ROWS = [
    Row("price", "worth", 1.0, 1.0, "x"),
    Row("said", "mentioned", 1.0, 1.0, "x"),
    Row("ago", "in the past", 1.0, 1.0, "x"),
]
TEXT = "The price rose, he said.\nThe price fell a year ago.\nNobody said why the price rose."


def test_what_was_spun_is_learnt_back():
    spun = spin(TEXT, [forward_table(ROWS)], random.Random(1))
    assert spun.startswith("The worth rose, he mentioned.")
    seen = from_pages([(spun, TEXT)])
    assert learn(seen) == Counter({("price", "worth"): 3, ("said", "mentioned"): 2, ("ago", "in the past"): 1})
    assert seen.kept["rose"] == 2


def test_merged_neighbours_are_parted_by_known_rows():
    known = frozenset({("prime", "top"), ("minister", "priest")})
    assert segment(("prime minister", "top priest"), known) == [("prime", "top"), ("minister", "priest")]
    seen = Observations(Counter({("a year ago", "a 12 months in the past"): 1}), Counter())
    assert ("ago", "in the past") in learn(seen, [("ago", "in the past"), ("year", "12 months")])


def test_spelling_and_articles_are_not_learnt():
    seen = Observations(Counter({("organisation", "organization"): 3, ("a", "an"): 5, ("3", "three"): 2}), Counter())
    assert learn(seen) == Counter()


def test_names_are_written_as_names():
    seen = Observations(Counter({("united states", "usa"): 3}), Counter())
    assert learn(seen, names=["United States"]) == Counter({("United States", "usa"): 3})


def test_the_same_input_gives_the_same_bytes(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.orig.txt").write_text(TEXT, "utf-8")
    (pages / "a.spun.txt").write_text(spin(TEXT, [forward_table(ROWS)], random.Random(1)), "utf-8")
    for out in ("one", "two"):
        assert CliRunner().invoke(app, ["learn", str(pages), str(tmp_path / out)]).exit_code == 0
    assert (tmp_path / "one/learnt.tsv").read_bytes() == (tmp_path / "two/learnt.tsv").read_bytes()
    assert ("price", "worth") in {(row.original, row.spun) for row in load_pack(tmp_path / "one").rows}


def test_lines_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match=r"zip|argument"):
        from_pages([("a\nb", "a")])


def test_rate_scales_spinning():
    rng = random.Random(5)
    rows = [Row("price", "worth", 1.0, 1.0, "x")]
    spun = [spin("The price.", [forward_table(rows)], rng, 0.3) for _ in range(300)]
    assert 50 < sum("worth" in text for text in spun) < 140
