"""Which files a batch takes, and where each goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.plan import BatchError, make_plan

FILES = ["in/a.txt", "in/b.HTML", "in/c.png", "in/sub/a.txt", "in/sub/d.docx", "in/.h/a.txt", "in/.a.txt", "on/e.csv"]
SUB = ["a.txt", "d.docx"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("places", "listed", "names", "others"),
    [
        (["in"], [], ["a.txt", "b.HTML", "sub/a.txt", "sub/d.docx"], 1),
        (["in/sub"], [], SUB, 0),
        (["in/sub", "on"], [], ["in/sub/a.txt", "in/sub/d.docx", "on/e.csv"], 0),
        (["in/sub/a.txt", "in/sub"], [], SUB, 0),
        (["in/a.txt"], [], ["a.txt"], 0),
        (["in/*.txt"], [], ["a.txt"], 0),
        (["in/**/*.txt"], [], ["a.txt", "sub/a.txt"], 0),
        (["in/s*"], [], ["sub/a.txt", "sub/d.docx"], 0),
        (["*/*.csv"], [], ["on/e.csv"], 0),
        ([], ["in/sub/a.txt", "in/sub/gone.txt", "in/sub/x.png"], ["a.txt", "gone.txt"], 1),
        ([], ["in/.a.txt", "on/e.csv"], ["in/.a.txt", "on/e.csv"], 0),
    ],
)
def test_tree_below_what_holds_all_inputs_is_mirrored(place, places, listed, names, others):
    plan = make_plan(places, listed, Path("out"), Path("out/reports"))
    assert [item.name for item in plan.inputs] == names
    assert all(item.source.is_absolute() for item in plan.inputs)
    assert len(plan.others) == others


@pytest.mark.parametrize("out", ["in/sub", "in/./sub", "in/../in/sub/"])
def test_output_is_left_out(place, out):
    plan = make_plan(["in"], [], Path(out), Path(out) / "reports")
    assert [item.name for item in plan.inputs] == ["a.txt", "b.HTML"]


def test_output_may_hold_the_inputs_below(place):
    assert make_plan(["in"], [], Path(), Path("reports")).inputs


def test_links_to_files_are_files_and_links_to_folders_are_not_followed(place):
    (place / "in/link.txt").symlink_to(place / "in/a.txt")
    (place / "in/sub/loop").symlink_to(place / "in")
    plan = make_plan(["in"], [], Path("out"), Path("out/reports"))
    assert [item.name for item in plan.inputs] == ["a.txt", "b.HTML", "link.txt", "sub/a.txt", "sub/d.docx"]


@pytest.mark.parametrize(
    ("out", "reports", "links"),
    [("in", "r", {}), ("out", "r", {"out": "in"}), ("out", "r", {"out/a.txt": "in/a.txt"}), ("out", "in", {})],
)
def test_inputs_are_never_written_over(place, out, reports, links):
    for link, target in links.items():
        (place / link).parent.mkdir(exist_ok=True)
        (place / link).symlink_to(place / target)
    with pytest.raises(BatchError, match=r"would be overwritten|holds the inputs"):
        make_plan(["in"], [], Path(out), Path(reports))
