"""Cases as data: what must be restored, what must stay, and what is known to fail."""

import json
from pathlib import Path

import pytest

CASES = Path(__file__).parent.parent / "fixtures" / "cases"


def load(name: str) -> list[dict]:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("case", load("in_the_wild"), ids=lambda case: case["label"])
def test_restores(case, restorer):
    text = restorer.restore(case["spun"]).text
    assert [part for part in case["restored_has"] if part not in text] == [], text


@pytest.mark.parametrize("case", load("must_not_change"), ids=lambda case: case["label"])
def test_leaves(case, restorer):
    assert restorer.restore(case["text"]).text == case["text"]


@pytest.mark.parametrize("case", load("known_failures"), ids=lambda case: case["label"])
def test_still_fails(case, restorer):
    """A case that is restored now belongs among the cases in the wild."""
    assert restorer.restore(case["spun"]).text != case["wanted"]
