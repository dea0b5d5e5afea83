"""What the benchmark measures is what it says: its own machinery, on texts and commands whose cost is known."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import compare, growth, run, stages, texts, tools
from cleaner.evaluate.gate import Page
from cleaner.packs.load import load_pack

PAGES = texts.spun(None, 1500)


def test_texts_are_distinct_and_begin_with_the_judged_pages():
    spun, human = texts.spun(None, 10**6), texts.human(None, 10**6)
    assert len({page.spun for page in (*spun, *human)}) == len(spun) + len(human)
    judged = [page.figure in texts.JUDGED.values() for page in spun]
    assert 0 < sum(judged) < len(judged)
    assert judged == sorted(judged, reverse=True)
    assert all(page.original is None for page in human)


def test_program_spun_texts_differ_from_their_originals():
    found = list(texts.program_spun(page.spun for page in texts.human(None, 500)))
    assert all(page.spun != page.original for page in found)


@pytest.mark.parametrize("words", [1, 100, 1500])
def test_until_stops_at_the_document_that_reaches_the_number(words):
    found = list(texts.until(words, iter(PAGES)))
    counts = [texts.count(page.spun) for page in found]
    assert sum(counts[:-1]) < words <= sum(counts)


def test_memory_is_the_command_s_own():
    held = bytearray(300_000_000)
    small = tools.cost((sys.executable, "-c", "pass"))
    large = tools.cost((sys.executable, "-c", "bytearray(100_000_000).count(1)"))
    assert small.memory < 60 < 100 < large.memory < len(held) / 2**20


def test_processor_time_is_told_from_wall_time():
    busy = tools.cost((sys.executable, "-c", "import time\nwhile time.process_time() < 0.3: pass"))
    idle = tools.cost((sys.executable, "-c", "import time; time.sleep(0.3)"))
    assert busy.cpu >= 0.3
    assert idle.cpu < 0.25 < 0.3 <= idle.wall


def test_a_command_that_fails_is_named_with_what_it_said():
    command = (sys.executable, "-c", "import sys; sys.exit('no dictionary')")
    with pytest.raises(RuntimeError, match=r"(?s)sys\.exit.*no dictionary"):
        tools.cost(command)
    assert tools.cost(command, exits=(1,)).wall > 0


@pytest.mark.parametrize(
    ("change", "false"),
    [
        ("t", 0),
        ("t + ' indeed'", 1000 * 2 / 7),
        ("'indeed ' + t.replace('said', 'claimed')", 1000 * 4 / 7),
    ],
)
def test_false_changes_of_a_tool(change, false, monkeypatch):
    monkeypatch.setattr(compare, "RUNS", 1)
    script = f"import sys, pathlib\nfor p in map(pathlib.Path, sys.argv[1:]): t = p.read_text(); p.write_text({change})"
    tool = tools.Tool("made up", "1", "", (sys.executable, "-c", script))
    human = [Page("human", "They said so.", None), Page("human", "Nobody had said it.", None)]
    found = compare.measure(tool, PAGES[:2], human)
    assert found.false == pytest.approx(false)
    assert (sum(score.changes for score in found.scores.values()) == 0) == (change == "t")
    assert "made up 1" in list(compare.table([found, replace(found, tool=tool)]))[-1]


def test_all_tools_are_listed_with_what_they_need():
    known = tools.tools()
    assert known[0].name == "cleaner"
    assert all(bool(tool.version) != bool(tool.missing) for tool in known)


@pytest.mark.parametrize("power", [-0.5, 0.0, 1.0])
def test_exponent(power):
    points = [growth.Point(1, 99.0, 0.0), *(growth.Point(n, 7 * n**power, 0.0) for n in (10, 100, 1000))]
    assert growth.Curve("", "", tuple(points), fit_from=10).exponent == pytest.approx(power)


@pytest.mark.parametrize("size", [1, 10, 700])
def test_a_text_of_a_size_has_it(size):
    pages = (page.spun for page in PAGES)
    assert texts.count(growth._take(pages, size)) == size


def test_made_up_rows_load(tmp_path):
    pack = load_pack(growth.write_pack(tmp_path / "pack", 900, ["people", "first"]))
    assert len(pack.rows) > 890
    assert pack.dialect == "table"


def test_every_stage_takes_time_on_spun_text():
    spent = stages.profile([page.spun for page in PAGES])
    assert set(spent) == {*stages.STAGES, stages.REST}
    assert all(spent.values())
    assert min(spent.values()) >= 0


def test_results_are_written_between_their_marks(tmp_path):
    path = Path(tmp_path / "results.md")
    path.write_text(f"head\n{run.BEGIN}old{run.END}tail\n")
    run.write("new\n", path)
    run.write("newer\n", path)
    assert path.read_text() == f"head\n{run.BEGIN}newer\n{run.END}tail\n"
