"""Whether a text is spun, as a whole or in part."""

from pathlib import Path

import pytest

from cleaner.evaluate.score import score_page
from cleaner.judge.spun import spun_parts

BLIND = Path(__file__).parent.parent.parent / "fixtures" / "blind" / "fit"


def read(name: str, kind: str) -> str:
    return (BLIND / f"{name}.{kind}.txt").read_text("utf-8")


def test_evidence_in_one_part_does_not_spread(restorer):
    words, evidence = [20] * 60, [0.2] * 30 + [18.0] * 30
    parts = spun_parts(evidence, words, restorer.weights)
    assert max(parts[:15]) < 0.5 < min(parts[35:])


def test_no_evidence_is_no_spin(restorer):
    assert max(spun_parts([0.1] * 50, [20] * 50, restorer.weights)) < 0.02
    assert spun_parts([], [], restorer.weights) == []


@pytest.mark.parametrize("human", [1, 4])
def test_a_spun_part_is_restored_among_human_text(restorer, human):
    names = ["t-uk-04", "t-uk-05", "t-uk-07", "t-uk-08"][:human]
    clean = "".join(read(name, "orig") for name in names)
    spun, original = read("t-uk-06", "spun"), read("t-uk-06", "orig")
    result = restorer.restore(clean + spun)
    score = score_page(clean + spun, result.text, clean + original)
    assert score.undone > 0.6
    inside = sum(edit.start < len(clean) for edit in result.edits)
    assert inside < 0.004 * len(clean.split()) + 2


@pytest.mark.parametrize("name", ["p-01", "p-05", "p-11", "p-15"])
def test_paraphrased_and_translated_text_is_left_alone(restorer, name):
    result = restorer.restore(read(name, "spun"))
    assert result.edits == ()
    assert result.dialect is None
