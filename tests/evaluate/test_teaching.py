"""The simulated reviewer decides as one who knows the original."""

import pytest

from cleaner.evaluate.teaching import reviewed
from cleaner.review.decisions import apply_decisions
from tests.report.made import Swap, made

WORTH = Swap("worth", "value")


@pytest.mark.parametrize(
    ("original", "verdicts"),
    [
        ("The value of oil fell.", ["accepted"]),
        ("The worth of oil fell.", ["rejected"]),
        ("The price of oil fell.", ["edited"]),
        ("The of oil fell.", ["rejected"]),
        ("The value of gas fell.", ["accepted", "edited"]),
    ],
)
def test_it_decides_by_the_original(original, verdicts):
    result = made("The ", WORTH, " of oil fell.")
    decisions = reviewed("a", result, original)
    assert [each.verdict for each in decisions.decisions] == verdicts
    if verdicts != ["rejected"]:
        assert apply_decisions(result.source, decisions)[0] == original


def test_white_space_beside_what_goes_is_no_disagreement():
    result = made("At ", Swap("night time", "night"), " it fell.")
    (decision,) = reviewed("a", result, "At night it fell.").decisions
    assert decision.verdict == "accepted"
