"""How well spun text is told from other text: ``python -m cleaner.evaluate.detection [--data FOLDER]``.

Prints tables by length of text and writes them to ``benchmarks/DETECTION.md``, with the ROC curves beside them. The
corpora (not part of the repository) are read from FOLDER where it is at hand.

The score is the probability of being spun before the screen, which sets it to 0 for most human text: curves and areas
are of the score itself, and what the screen costs is a column of its own. Lengths are runs of whole sentences.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from cleaner.detection import HUMAN, LEAST, SPUN
from cleaner.evaluate.corpora import Part, documents, part
from cleaner.evaluate.curve import Curve, draw, roc
from cleaner.evaluate.gate import CORPORA, ROOT
from cleaner.judge.decide import judge
from cleaner.learn.spin import forward_table, spin
from cleaner.packs.load import load_pack, shipped_folder
from cleaner.pipeline import Restorer
from cleaner.text.tokens import Kind, tokenize

LENGTHS = {"a sentence": 5, "60 words": 60, "150 words": 150, "a page (300 words)": 300}
"""Least number of words of an excerpt."""
PARTIAL = 0.8
"""Share of that length which the rest of a text may have."""
MOST = 120_000
"""Words of a corpus that are measured, a quarter of them at each length."""
RATES = (0.25, 0.5, 1.0)
"""Share of the table's swaps that a program makes."""
SPECIFICITY = 0.99
OPEN = "voa-news", "gov-digital"
"""The corpora that are spun by program."""

_restorer = Restorer()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text of one ``source`` and one of :data:`LENGTHS`."""

    source: str
    length: str
    text: str


@dataclass(frozen=True, slots=True)
class Scored:
    """An excerpt's probability of being spun, whether the screen rules it out before that is known, and the verdict."""

    source: str
    length: str
    score: float
    ruled_out: bool
    verdict: str


def excerpts(text: str, least: int) -> Iterator[str]:
    """Runs of whole sentences of at least ``least`` words, from the start on; a rest that is much shorter is left out.

    >>> list(excerpts("One two three. Four five. Six seven eight nine. Ten.", 4))
    ['One two three. Four five.', 'Six seven eight nine.']
    """
    start, end, size = 0, 0, 0
    for token in tokenize(text):
        if token.opens and size >= least:
            yield text[start:end]
            start, size = token.start, 0
        size += token.kind is not Kind.MARK
        end = token.end
    if size >= max(1.0, PARTIAL * least):
        yield text[start:end]


def blind() -> Iterator[Excerpt]:
    """The blind pages, spun by hand, and their originals. Excerpts that the spinning left as they were are left out."""
    for path in sorted((ROOT / "fixtures/blind").glob("*/*.spun.txt")):
        original = path.with_name(path.name.replace(".spun.", ".orig.")).read_text("utf-8")
        family = {"t": "table", "d": "double", "p": "paraphrased"}[path.name[0]]
        for name, least in LENGTHS.items():
            for text in excerpts(path.read_text("utf-8"), least):
                if text not in original:
                    yield Excerpt(f"{path.parent.name} {family}", name, text)
            for text in excerpts(original, least):
                yield Excerpt(f"{path.parent.name} {family} originals", name, text)


def human(data: Path, rng: random.Random) -> Iterator[Excerpt]:
    """Excerpts of the human-written corpora, of their test parts where they have one."""
    for corpus, wanted in CORPORA.items():
        path = data / "corpora" / f"{corpus}.txt.xz"
        texts = documents(path) if wanted is None else part(path, wanted)
        yield from drawn(corpus, texts, rng)


def program_spun(data: Path, rng: random.Random, each: int = 30) -> Iterator[Excerpt]:
    """Documents of the corpora's test parts run through the shipped tables at several rates."""
    tables = [forward_table(load_pack(shipped_folder() / name).rows) for name in ("table", "double")]
    for corpus in OPEN:
        texts = rng.sample(part(data / "corpora" / f"{corpus}.txt.xz", Part.TEST), each)
        for rate in RATES:
            for count, name in enumerate(("table", "double"), 1):
                spun = [spin(text, tables[:count], rng, rate) for text in texts]
                yield from drawn(f"program {name} {rate}", spun, rng, MOST // 8, "\n".join(texts))


def drawn(
    source: str, texts: Iterable[str], rng: random.Random, most: int = MOST, original: str = ""
) -> Iterator[Excerpt]:
    """Excerpts of ``texts`` of all lengths, of about ``most`` words together, that do not stand in ``original``."""
    texts = list(texts)
    for name, least in LENGTHS.items():
        found = [each for text in texts for each in excerpts(text, least) if each not in original]
        count = most // len(LENGTHS) // max(20, least)
        yield from (Excerpt(source, name, text) for text in rng.sample(found, min(count, len(found))))


def score(excerpt: Excerpt) -> Scored:
    """The score of an excerpt by this process's restorer."""
    tokens, found = tokenize(excerpt.text), _restorer.detect(excerpt.text)
    ruled_out = _restorer.screen.rules_out(tokens)
    spun = found.spun
    if ruled_out:
        candidates = _restorer.proposers.exact(tokens)
        spun = judge(tokens, candidates, _restorer.lexicon, _restorer.model, _restorer.weights).spun
    return Scored(excerpt.source, excerpt.length, spun, ruled_out, found.verdict)


HUMAN_TEXT = "voa.*|gov.*|bbc.*"
PAIRS = (
    ("blind pages, test part, against their own originals", "test (table|double)", "test (table|double) originals"),
    ("blind pages, fitting part, against their own originals", "fit (table|double)", "fit (table|double) originals"),
    ("blind pages, test part, against the corpora", "test (table|double)", HUMAN_TEXT),
    ("blind pages, both parts, against paraphrased articles", r"\w+ (table|double)", r"\w+ paraphrased"),
    ("paraphrased articles against their own originals", r"\w+ paraphrased", r"\w+ paraphrased originals"),
    *((f"spun by program at a rate of {r}, against the corpora", rf"program \w+ {r}", "voa.*|gov.*") for r in RATES),
)
"""What is told from what, as patterns of sources."""
GROUPS = {
    "blind `table` pages": r"\w+ table",
    "blind `double` pages": r"\w+ double",
    **{f"spun by program at a rate of {r}": rf"program \w+ {r}" for r in RATES},
    "paraphrased articles": r"\w+ paraphrased",
    "originals of all these": ".* originals",
    "world news, American": "voa.*",
    "government technology blogs": "gov.*",
    "British news": "bbc.*",
}
"""Of what the verdicts are counted, as patterns of sources."""


HEAD = f"""# Spun text told from other text

`python -m cleaner.evaluate.detection --data FOLDER` makes this page. Blind pages were spun by hand, by people who saw
neither packs nor code; 'paraphrased' ones were rewritten in fluent words or translated to and fro. Of the corpora only
the parts that nothing was fitted on are used. Lengths are runs of whole sentences; excerpts that the spinning left as
they were are left out. Curves, areas and recall at 99 % specificity are of the probability before the screen, which
sets it to 0 for most human text; 'judged spun' is with the screen, at a probability of {SPUN}.

![Recall against false alarms, by length](detection.svg)
"""
VERDICTS = f"""
## Verdicts

`spun` from a probability of {SPUN} on, `human` below {HUMAN} where there are {LEAST} words (some excerpts of the second
column have fewer), else `unclear`. What is paraphrased or translated in fluent words leaves too few marks to be told
from its originals at any threshold that would spare them: both are `human`, and are left alone.
"""
BY_HAND, BY_PROGRAM = ("blind", "test (table|double)"), ("a quarter of the swaps", r"program \w+ 0.25")
DRAWN = ((BY_HAND, "a sentence"), (BY_HAND, "60 words"), (BY_PROGRAM, "60 words"), (BY_PROGRAM, "a page (300 words)"))
"""What is drawn; of the blind pages all that is longer than a sentence would be the same line."""


def separation(scored: Sequence[Scored]) -> Iterator[str]:
    """How well the score parts each of :data:`PAIRS`, a line of Markdown each."""
    columns = "AUROC", "recall at 99 % specificity", "judged spun", "lost by the screen", "others judged spun"
    yield f"| told apart | length | spun | others | {' | '.join(columns)} |"
    yield "|---" * (4 + len(columns)) + "|"
    for title, spun, others in PAIRS:
        for length in LENGTHS:
            high, low = among(scored, spun, length), among(scored, others, length)
            if not high or not low:
                continue
            curve = roc([each.score for each in high], [each.score for each in low])
            found, false = (sum(each.verdict == "spun" for each in some) for some in (high, low))
            lost = sum(each.score >= SPUN and each.ruled_out for each in high)
            figures = curve.recall(1 - SPECIFICITY), found / len(high), lost / len(high), false / len(low)
            shares = " | ".join(f"{share:.3f}" for share in figures)
            yield f"| {title} | {length} | {len(high)} | {len(low)} | {curve.area:.4f} | {shares} |"


def verdicts(scored: Sequence[Scored]) -> Iterator[str]:
    """The verdicts on each of :data:`GROUPS` in percent, a line of Markdown each."""
    yield f"| spun / unclear / human, % | {' | '.join(LENGTHS)} |"
    yield "|---" * (len(LENGTHS) + 1) + "|"
    for title, pattern in GROUPS.items():
        cells = []
        for length in LENGTHS:
            counts = Counter(each.verdict for each in among(scored, pattern, length))
            shares = (100 * counts[name] / max(1, counts.total()) for name in ("spun", "unclear", "human"))
            cells.append(" / ".join(f"{share:.1f}" for share in shares) if counts else "")
        if any(cells):
            yield f"| {title} | {' | '.join(cells)} |"


def among(scored: Sequence[Scored], pattern: str, length: str) -> list[Scored]:
    """Those of one length whose source matches."""
    return [each for each in scored if each.length == length and re.fullmatch(pattern, each.source)]


def curves(scored: Sequence[Scored]) -> dict[str, Curve]:
    """The curves of :data:`DRAWN`, against the human texts at hand."""
    found = {}
    for (title, pattern), length in DRAWN:
        high = among(scored, pattern, length)
        low = among(scored, HUMAN_TEXT, length) or among(scored, "test .* originals", length)
        if high:
            found[f"{title}, {length}"] = roc([each.score for each in high], [each.score for each in low])
    return found


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with corpora/ (human-written text, not in the repository)")
    data = parser.parse_args().data
    texts, rng = list(blind()), random.Random(11)
    if data is not None and (data / "corpora").is_dir():
        texts += [*human(data, rng), *program_spun(data, rng)]
    else:
        print("no corpora at hand: spun pages are told from their originals alone", file=sys.stderr)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        scored = list(pool.map(score, texts, chunksize=32))
    page = "\n".join((HEAD, *separation(scored), VERDICTS, *verdicts(scored), ""))
    print(page)
    (ROOT / "benchmarks/DETECTION.md").write_text(page, "utf-8")
    (ROOT / "benchmarks/detection.svg").write_text(draw("Spun text told from human text", curves(scored)))


if __name__ == "__main__":
    main()
