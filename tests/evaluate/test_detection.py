"""Excerpts, curves and their picture."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.evaluate.curve import Curve, draw, roc
from cleaner.evaluate.detection import LENGTHS, PARTIAL, excerpts
from cleaner.text.tokens import Kind, tokenize

FIT = Path(__file__).parent.parent.parent / "fixtures" / "blind" / "fit"
scores = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=12)


@pytest.mark.parametrize("least", LENGTHS.values())
def test_excerpts_are_whole_sentences_in_order(least):
    text = (FIT / "t-uk-01.orig.txt").read_text("utf-8")
    starts = {token.start for token in tokenize(text) if token.opens}
    at = 0
    for each in excerpts(text, least):
        at = text.index(each, at)
        assert at in starts
        assert sum(token.kind is not Kind.MARK for token in tokenize(each)) >= PARTIAL * least
        at += len(each)


@given(scores, scores)
def test_the_area_is_the_chance_that_a_spun_text_scores_higher(spun, others):
    curve = roc(spun, others)
    chance = sum((s > o) + (s == o) / 2 for s in spun for o in others) / (len(spun) * len(others))
    assert curve.area == pytest.approx(chance)
    assert curve.points[0] == (0, 0)
    assert curve.points[-1] == (1, 1)
    assert list(curve.points) == sorted(curve.points)
    for alarms in (0.0, 0.01, 0.5, 1.0):
        reached = [
            sum(s >= least for s in spun) / len(spun)
            for least in (*spun, 2.0)
            if sum(o >= least for o in others) / len(others) <= alarms
        ]
        assert curve.recall(alarms) == pytest.approx(max(reached))


def test_the_picture_stays_in_its_frame():
    root = ET.fromstring(draw("A & B", {"<one>": roc([0.9, 0.2], [0.1, 0.3]), "two": Curve(((0, 0), (1, 1)), 0.5)}))
    places = [point.split(",") for line in root.findall(".//{*}polyline") for point in line.get("points").split()]
    assert {tuple(map(float, place)) for place in places} >= {(60.0, 360.0), (450.0, 60.0)}
    assert all(60 <= float(x) <= 450 and 60 <= float(y) <= 360 for x, y in places)
    assert any(text.text == "<one>" for text in root.findall(".//{*}text"))
