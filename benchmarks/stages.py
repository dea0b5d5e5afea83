"""Where the time of restoring goes, stage by stage: ``python -m benchmarks.stages [--data FOLDER]``.

The functions that make up each stage are timed where they are called; what one of them spends in another stage's counts
there. A name in :data:`STAGES` that is gone from the code ends the run.
"""

from __future__ import annotations

import argparse
import inspect
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from benchmarks.texts import count, human, spun, warm
from cleaner.evaluate.gate import Page
from cleaner.pipeline import Restorer

DECIDE, PIPELINE = "cleaner.judge.decide", "cleaner.pipeline"
STAGES = {
    "tokenise": (f"{PIPELINE}.tokenize",),
    "screen": ("cleaner.judge.screen.Screen.rules_out",),
    "propose": ("cleaner.propose.Proposers.exact",),
    "layout": (f"{DECIDE}.lay_out", f"{DECIDE}.narrow"),
    "frame and gains": (f"{DECIDE}.frame", f"{DECIDE}.gains"),
    "lattice": (f"{DECIDE}.build",),
    "posterior": (f"{DECIDE}.posterior", f"{DECIDE}.by_parts"),
    "estimate": tuple(
        f"{DECIDE}.{name}" for name in ("gather", "select", "own_scores", "estimate", "swap_terms", "spun_parts")
    ),
    "rest of the judgement": (f"{PIPELINE}.judge",),
    "inexact proposals": ("cleaner.propose.Proposers.inexact",),
    "edits": tuple(f"{PIPELINE}.{name}" for name in ("to_edits", "merge", "agreement_edits", "apply", "Guard.of")),
    "rules": tuple(f"{PIPELINE}.{name}" for name in ("damage_edits", "rule_edits", "headline_edits")),
}
REST = "rest"


class Clock:
    """Processor seconds by stage: each stage's own, without those of the stages that it calls."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys((*STAGES, REST), 0.0)
        self._inner = [0.0]

    def time(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """``work`` with its time counted for ``stage``; what it yields is taken from it at once."""

        def timed(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            begin = time.process_time()
            found = work(*arguments, **named)
            if inspect.isgenerator(found):
                found = iter(list(found))
            took = time.process_time() - begin
            self.spent[stage] += took - self._inner.pop()
            self._inner[-1] += took
            return found

        return timed


def profile(texts: Sequence[str]) -> dict[str, float]:
    """Microseconds a word by stage."""
    restorer, clock = warm(Restorer()), Clock()
    with ExitStack() as patches:
        for stage, names in STAGES.items():
            for name in names:
                patches.enter_context(patch(name, clock.time(stage, resolve_name(name))))
        restore = clock.time(REST, restorer.restore)
        for text in texts:
            restore(text)
    words = sum(map(count, texts))
    return {stage: 1e6 * seconds / words for stage, seconds in clock.spent.items()}


def table(found: dict[str, dict[str, float]]) -> Iterator[str]:
    """The stages in Markdown, with their times by kind of text."""
    yield "| stage | " + " | ".join(f"{kind}: µs a word | share" for kind in found) + " |"
    yield "|---|" + "---|---|" * len(found)
    sums = {kind: sum(times.values()) for kind, times in found.items()}
    for stage in (*STAGES, REST):
        cells = " | ".join(f"{times[stage]:.1f} | {times[stage] / sums[kind]:.0%}" for kind, times in found.items())
        yield f"| {stage} | {cells} |"
    yield "| **all** | " + " | ".join(f"**{whole:.1f}** |" for whole in sums.values()) + " |"


def by_kind(spun_pages: Sequence[Page], human_pages: Sequence[Page]) -> dict[str, dict[str, float]]:
    """The profile of spun and of human text."""
    kinds = {"spun": spun_pages, "human": human_pages}
    return {kind: profile([page.spun for page in pages]) for kind, pages in kinds.items()}


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, help="folder with corpora/")
    options.add_argument("--words", type=int, default=20_000, help="words of each kind of text")
    chosen = options.parse_args()
    pages = [kind(chosen.data, chosen.words) for kind in (spun, human)]
    print("\n".join(table(by_kind(*pages))))
