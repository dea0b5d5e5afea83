"""The figures agree with the project's referee, where it is at hand, to the digit."""

import importlib.util
import os
import random
from pathlib import Path

import pytest

from cleaner.evaluate.calibration import calibrate
from cleaner.evaluate.run import FolderError, run
from cleaner.evaluate.score import Score, false_changes, score_page

ROOT = Path(__file__).parent.parent.parent
REFEREE = Path(os.environ.get("DATA", ROOT.parent / "shared")) / "evaluate" / "score.py"
PAGES = sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt"))


@pytest.fixture(scope="module")
def referee():
    if not REFEREE.exists():
        pytest.xfail("the referee is not at hand")
    spec = importlib.util.spec_from_file_location("referee", REFEREE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_undone_and_precision_agree_with_the_referee(referee):
    rng = random.Random(3)
    for path in PAGES[:6]:
        spun = path.read_text("utf-8")
        original = path.with_name(path.name.replace(".spun.", ".orig.")).read_text("utf-8")
        some = [o if rng.random() < 0.5 else s for s, o in zip(spun.split("\n"), original.split("\n"), strict=True)]
        restored = "\n".join(some).replace(" the ", " a ", 3)
        total = Score()
        for s, r, o in zip(
            *([t for t in text.split("\n") if t.strip()] for text in (spun, restored, original)), strict=True
        ):
            a, b, c = (referee.tokens(line) for line in (s, r, o))
            good, bad = referee.helpful(a, b, c)
            total += Score(referee.distance(a, c), referee.distance(b, c), good + bad, good)
        mine = score_page(spun, restored, original)
        assert (mine.before, mine.after, mine.changes, mine.helpful) == (
            total.before,
            total.after,
            total.changes,
            total.helpful,
        )


def test_nothing_done_is_nothing_undone():
    assert score_page("a b", "a b", "a c").undone == 0
    assert score_page("a b", "a c", "a c").undone == 1
    assert score_page("a b", "x b", "a c").undone < 0


def test_false_changes_are_counted_by_runs():
    assert false_changes("one two three four", "one 2 3 four") == (1, 4)


def test_calibration_of_a_perfect_and_a_blind_judge():
    assert calibrate([(1.0, True), (0.0, False)]).brier == 0
    assert calibrate([(0.5, True), (0.5, False)]).auc == 0.5


def test_folder_without_pages_is_refused(tmp_path, restorer):
    with pytest.raises(FolderError, match=r"holds no NAME\.spun\.txt"):
        run(tmp_path, restorer)
    (tmp_path / "a.spun.txt").write_text("x")
    with pytest.raises(FolderError, match=r"a\.orig\.txt is missing"):
        run(tmp_path, restorer)


def test_folder_is_evaluated(tmp_path, restorer):
    (tmp_path / "a.spun.txt").write_text("The price mentioned.\n", "utf-8")
    (tmp_path / "a.orig.txt").write_text("The price said.\n", "utf-8")
    (tmp_path / "b.clean.txt").write_text("It rained on Monday.\n", "utf-8")
    evaluation = run(tmp_path, restorer)
    assert evaluation.false_rate == 0
    assert "family all: 1 pages" in evaluation.table()
    assert '"schema": "cleaner-evaluation/1"' in evaluation.to_json()
