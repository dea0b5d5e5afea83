"""Fit the judge's weights: ``python -m cleaner.learn.weights CORPORA``, printing a new ``weights.toml``.

Material: documents of the corpora's fitting parts, spun by program at several rates and left alone, and the blind pages
of the fitting part. In three steps: coordinate descent over the weights of the path score and of the decision; logistic
regression for the probability that a text is spun; Platt's (1999) for the confidence. Takes about an hour on two cores.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

import numpy as np

from cleaner.edits import log_odds
from cleaner.evaluate.corpora import Part, part
from cleaner.evaluate.gate import ROOT
from cleaner.evaluate.run import judge_edits
from cleaner.evaluate.score import Score, score_page
from cleaner.judge.decide import judge
from cleaner.judge.ngram import Array
from cleaner.judge.weights import Weights
from cleaner.learn.spin import forward_table, spin
from cleaner.packs.load import load_pack, shipped_folder
from cleaner.pipeline import Restorer
from cleaner.text.tokens import tokenize

GRID = {
    "lm": (0.5, 0.6, 0.7, 0.8, 1.0),
    "usage": (0.0, 0.1, 0.2, 0.3),
    "channel": (0.6, 0.7, 0.8, 0.9),
    "keep": (1.5, 2.0, 2.7, 3.5),
    "bias": (-0.4, -0.2, 0.0, 0.2),
    "phrase": (0.0, 0.3, 0.6),
    "name": (-2.0, -1.0, 0.0),
    "digit": (0.75, 1.5, 2.5),
    "strange": (-7.0, -5.0, -3.0),
    "apply": (0.28, 0.32, 0.36, 0.4),
    "apply_kept": (0.25, 0.4, 0.55),
}
PRECISION = 0.905
"""Precision below which undone counts less, one for one."""
HUMAN = 20.0
"""How many times as much a human text taken for spun costs as a spun one taken for human."""
LENGTH = 2500
"""Code points of a document that are used."""

Page = tuple[str, str, str]
"""Family, spun text, original."""

_restorer = Restorer()


def pages(corpora: Path, seed: int = 3, each: int = 10) -> list[Page]:
    """Program-spun documents of each dialect, and the blind fitting pages."""
    rng = random.Random(seed)
    tables = [forward_table(load_pack(shipped_folder() / name).rows) for name in ("table", "double")]
    found: list[Page] = []
    for document in _documents(corpora, rng, each):
        found.append(("spun table", spin(document, tables[:1], rng), document))
        found.append(("spun double", spin(document, tables, rng), document))
    for path in sorted((ROOT / "fixtures/blind/fit").glob("[td]-*.spun.txt")):
        original = path.with_name(path.name.replace(".spun.", ".orig.")).read_text("utf-8")
        found.append((f"blind {path.name[0]}", path.read_text("utf-8"), original))
    return found


def texts(corpora: Path, seed: int = 5, each: int = 60) -> list[tuple[bool, str]]:
    """Spun texts (at rates of a half and one) and human ones, documents and single lines; True for those spun."""
    rng = random.Random(seed)
    tables = [forward_table(load_pack(shipped_folder() / name).rows) for name in ("table", "double")]
    found: list[tuple[bool, str]] = []
    for document in _documents(corpora, rng, each * 6):
        found += [(False, document), *((False, line) for line in document.split("\n") if len(line) > 20)]
    for document in _documents(corpora, rng, each):
        for count in (1, 2):
            for rate in (0.5, 1.0):
                spun = spin(document, tables[:count], rng, rate)
                lines = [line for line in spun.split("\n") if len(line) > 20]
                found += [(True, spun), *((True, line) for line in rng.sample(lines, min(3, len(lines))))]
    return found


def restored(job: tuple[Page, Weights]) -> tuple[str, Score, list[tuple[float, bool]]]:
    """The score of one page under some weights, and its judged edits."""
    (family, spun, original), weights = job
    _restorer.__dict__["weights"] = weights
    result = _restorer.restore(spun)
    return family, score_page(spun, result.text, original), judge_edits(result, original)


def evidence(job: tuple[str, Weights]) -> tuple[float, int]:
    """The evidence (nats) that a text is spun, and its number of words."""
    text, weights = job
    tokens = tokenize(text)
    found = judge(tokens, _restorer.proposers.exact(tokens), _restorer.lexicon, _restorer.model, weights)
    return found.evidence, found.words


def objective(scores: Iterable[tuple[str, Score]]) -> float:
    """Mean over families of undone, less what precision lacks."""
    sums: dict[str, Score] = {}
    for family, score in scores:
        sums[family] = sums.get(family, Score()) + score
    return sum(s.undone + min(0.0, s.precision - PRECISION) for s in sums.values()) / len(sums)


def descend(pool: ProcessPoolExecutor, material: Sequence[Page], weights: Weights) -> Weights:
    """Coordinate descent over :data:`GRID` until no step helps."""

    def value(candidate: Weights) -> float:
        return objective((f, s) for f, s, _ in pool.map(restored, [(p, candidate) for p in material], chunksize=4))

    best = value(weights)
    moved = True
    while moved:
        moved = False
        for name, steps in GRID.items():
            for step in steps:
                candidate = replace(weights, **{name: step})
                if candidate != weights and (found := value(candidate)) > best + 1e-4:
                    weights, best, moved = candidate, found, True
                    print(f"{name} = {step}: {best:.4f}", file=sys.stderr)
    return weights


def logistic(features: Array, right: Array, cost: Array) -> Array:
    """Weighted logistic regression by damped Newton steps, lightly regularised."""
    theta = np.zeros(features.shape[1])
    for _ in range(300):
        p = 1 / (1 + np.exp(-np.clip(features @ theta, -30, 30)))
        gradient = features.T @ (cost * (right - p)) - 0.01 * theta
        curvature = (features.T * (cost * p * (1 - p))) @ features + 0.01 * np.eye(len(theta))
        theta += np.clip(np.linalg.solve(curvature, gradient), -1, 1)
    return cast(Array, theta)


def main() -> None:
    """Fit and print."""
    corpora = Path(sys.argv[1])
    material, labelled = pages(corpora), texts(corpora)
    with ProcessPoolExecutor() as pool:
        weights = descend(pool, material, _restorer.weights)
        found = list(pool.map(evidence, [(text, weights) for _, text in labelled], chunksize=32))
        spun = np.array([float(is_spun) for is_spun, _ in labelled])
        rows = [[1.0, np.log1p(e), e / (n + 10), np.log(max(1, n))] for e, n in found]
        offset, amount, density, length = logistic(np.array(rows), spun, np.where(spun == 0, HUMAN, 1.0)).tolist()
        weights = replace(
            weights,
            spun_offset=offset,
            spun_evidence=amount,
            spun_density=density,
            spun_words=length,
            platt_slope=1.0,
            platt_offset=0.0,
        )
        blind = [page for page in material if page[0].startswith("blind")]
        judged = [pair for *_, pairs in pool.map(restored, [(page, weights) for page in blind]) for pair in pairs]
    features = np.array([[log_odds(confidence), 1.0] for confidence, _ in judged])
    slope, shift = logistic(features, np.array([float(r) for _, r in judged]), np.ones(len(judged))).tolist()
    weights = replace(weights, platt_slope=slope, platt_offset=shift)
    print("# Fitted on program-spun and blind pages by cleaner/learn/weights.py.")
    for name, number in asdict(weights).items():
        print(f"{name} = {number:.4g}")


def _documents(corpora: Path, rng: random.Random, each: int) -> list[str]:
    """Some documents of each corpus's fitting part, cut to :data:`LENGTH`."""
    found = []
    for name in ("voa-news.txt.xz", "gov-digital.txt.xz"):
        long = [document for document in part(corpora / name, Part.FIT) if len(document) > 600]
        found += [document[:LENGTH] for document in rng.sample(long, min(each, len(long)))]
    return found


if __name__ == "__main__":
    main()
