"""Human text told by its words."""

from pathlib import Path

from cleaner.text.tokens import tokenize

BLIND = Path(__file__).parent.parent.parent / "fixtures" / "blind" / "fit"


def test_spun_pages_are_never_ruled_out(restorer):
    for path in BLIND.glob("[td]-*.spun.txt"):
        assert not restorer.screen.rules_out(tokenize(path.read_text("utf-8"))), path.name


def test_a_spun_part_is_seen_behind_much_human_text(restorer):
    clean = "\n".join((BLIND / f"t-uk-0{n}.orig.txt").read_text("utf-8") for n in (4, 5, 7, 8))
    spun = (BLIND / "t-uk-06.spun.txt").read_text("utf-8")
    assert restorer.screen.rules_out(tokenize(clean))
    assert not restorer.screen.rules_out(tokenize(clean + spun))


def test_most_human_pages_are_ruled_out_and_short_ones_are_not(restorer):
    pages = [path.read_text("utf-8") for path in BLIND.glob("*.orig.txt")]
    out = [restorer.screen.rules_out(tokenize(page)) for page in pages]
    assert sum(out) > 0.7 * len(out)
    assert not restorer.screen.rules_out(tokenize(pages[0][:200]))
