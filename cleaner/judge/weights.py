"""The judge's weights, fitted on data and kept as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """``lm``, ``usage``, ``channel`` and ``keep`` scale the language model, how usual the words are in pages that get
    spun, ln P(spun | original) and ln P(kept);
    ``bias``, ``phrase`` and ``name`` (nats) are added for every swap, for swaps of several tokens, and of names,
    ``article`` for words behind an article of the wrong sound, ``digit`` for digits that
    become words (the language model knows numbers as a class only), ``strange`` for words that it does not know (it
    knows them as a class only);
    ``rate`` and ``rate_strength`` are the prior of the spin rate and what it is worth in words, ``local_strength`` what
    the whole text's rate is worth beside a neighbourhood's; ``spun_*`` make the log-odds that a text is spun;
    ``platt_*`` calibrate the confidence; edits are made at a confidence of ``apply`` plus
    ``apply_kept`` times the probability that the words stand rightly, and shown from ``suggest``.
    """

    lm: float
    usage: float
    channel: float
    keep: float
    bias: float
    phrase: float
    name: float
    article: float
    digit: float
    strange: float
    rate: float
    rate_strength: float
    local_strength: float
    spun_offset: float
    spun_evidence: float
    spun_density: float
    spun_words: float
    platt_slope: float
    platt_offset: float
    apply: float
    apply_kept: float
    suggest: float

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Weights from a TOML file. Raises ``ValueError`` for unknown or missing names and what is no number."""
        values = tomllib.loads(path.read_text("utf-8"))
        names = {field.name for field in fields(cls)}
        for name, value in values.items():
            if name not in names or not isinstance(value, int | float):
                raise ValueError(f"{path}: {name} = {value!r} is not one of the weights")
        missing = names - values.keys()
        if missing:
            raise ValueError(f"{path}: {sorted(missing)[0]} is missing")
        return cls(**values)
