"""One restorer for many threads and processes."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from copy import copy
from inspect import signature
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier

import pytest

from cleaner import Restorer

ROOT = Path(__file__).parent.parent
PAGES = [path.read_text("utf-8") for path in sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt"))[:3]]


@pytest.fixture(scope="module")
def expected(restorer):
    return [restorer.restore(page) for page in PAGES]


def test_a_pickled_restorer_is_its_options_and_one_in_a_process(expected):
    restorer = Restorer(
        [ROOT / "dictionaries/residue"], None, ["spin", "residue"], 0.9, {("A", "b")}, "ascii", ["x"], "skip"
    )
    before = pickle.dumps(restorer)
    restorer.restore(PAGES[0])
    assert pickle.dumps(restorer) == before
    assert len(before) < 1000
    other = pickle.loads(before)
    assert other.restore(PAGES[0]) == restorer.restore(PAGES[0]) != expected[0]
    assert pickle.loads(before) is other
    for name in signature(Restorer).parameters:
        assert getattr(other, name) == getattr(restorer, name)


def test_a_copy_is_another_one_with_the_same_parts(restorer):
    other = copy(restorer)
    other.quotes = "skip"
    assert restorer.quotes == "apply"
    assert other.lexicon is restorer.lexicon


def test_processes_give_what_one_gives(restorer, expected):
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        assert list(pool.map(restorer.restore, PAGES)) == expected


FIRST_USE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from cleaner import Restorer

pages = [Path(name).read_text("utf-8") for name in sys.argv[1:]]
restorer, barrier = Restorer(), Barrier(4)

def work(at):
    barrier.wait()
    return [restorer.restore(page) for page in pages[at:] + pages[:at]]

with ThreadPoolExecutor(4) as pool:
    results = list(pool.map(work, range(4)))
alone = [Restorer().restore(page) for page in pages]
assert all(found == alone[at:] + alone[:at] for at, found in enumerate(results))
print(len(alone))
"""


def test_threads_that_make_first_use_at_once_give_what_one_gives():
    """In a fresh process, where nothing that is kept for all restorers is there yet."""
    pages = sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt"))[:2]
    command = [sys.executable, "-c", FIRST_USE, *map(str, pages)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert (ran.stderr, ran.stdout) == ("", "2\n")


def test_threads_give_what_one_gives(restorer, expected):
    barrier = Barrier(4)

    def work(at: int) -> list[object]:
        barrier.wait()
        return [restorer.restore(page) for page in PAGES[at:] + PAGES[:at]]

    with ThreadPoolExecutor(4) as pool:
        for at, found in enumerate(pool.map(work, range(4))):
            assert found == expected[at:] + expected[:at]


def test_threads_load_a_restorer_once(monkeypatch):
    from cleaner import pipeline

    calls = []
    load = pipeline.build_lexicon
    monkeypatch.setattr(pipeline, "build_lexicon", lambda packs: (calls.append(1), load(packs))[1])
    restorer = Restorer()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(restorer.restore, PAGES * 2))
    assert len(calls) == 1
