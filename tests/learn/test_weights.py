"""Fitting: the parts that do not need the corpora."""

import numpy as np
import pytest

from cleaner.evaluate.score import Score
from cleaner.judge.weights import Weights
from cleaner.learn.weights import GRID, PRECISION, logistic, objective
from cleaner.packs.load import shipped_folder


def test_logistic_regression_finds_the_rate():
    rng = np.random.default_rng(1)
    x = rng.normal(size=4000)
    right = (rng.random(4000) < 1 / (1 + np.exp(-(2 * x - 1)))).astype(float)
    slope, shift = logistic(np.stack((x, np.ones_like(x)), 1), right, np.ones(4000))
    assert slope == pytest.approx(2, abs=0.25)
    assert shift == pytest.approx(-1, abs=0.2)


def test_objective_punishes_missing_precision():
    sure = Score(before=100, after=40, changes=100, helpful=95)
    rash = Score(before=100, after=40, changes=100, helpful=80)
    assert objective([("a", sure)]) == pytest.approx(0.6)
    assert objective([("a", rash)]) == pytest.approx(0.6 + 0.8 - PRECISION)


def test_grid_names_weights_and_holds_the_shipped_ones():
    shipped = Weights.load(shipped_folder() / "weights.toml")
    assert all(hasattr(shipped, name) for name in GRID)


@pytest.mark.parametrize(
    ("text", "message"), [("lm = 1.0\n", "is missing"), ("magic = 1.0\n", "not one of the weights")]
)
def test_broken_weights_are_refused(tmp_path, text, message):
    path = tmp_path / "weights.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=message):
        Weights.load(path)
