"""The judge's weights, fitted on data and kept as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """``lm``, ``channel`` and ``keep`` scale the language model, ln P(spun | original) and ln P(kept);
    ``bias``, ``phrase`` and ``name`` (nats) are added for every swap, for swaps of several tokens, and of names,
    ``article`` for words behind an article of the wrong sound;
    ``rate`` and ``rate_strength`` are the prior of the spin rate and what it is worth in words, ``local_strength`` what
    the whole text's rate is worth beside a neighbourhood's; ``spun_*`` make the log-odds that a text is spun;
    ``platt_*`` calibrate the confidence; edits are made at a confidence of ``apply`` plus
    ``apply_kept`` times the probability that the words stand rightly, and shown from ``suggest``."""

    lm: float = 0.6
    channel: float = 0.85
    keep: float = 1.5
    bias: float = 0.0
    phrase: float = 0.5
    name: float = -1.0
    article: float = -2.0
    rate: float = 0.05
    rate_strength: float = 5.0
    local_strength: float = 8.0
    spun_offset: float = -7.5
    spun_evidence: float = 0.3
    spun_density: float = 20.0
    platt_slope: float = 1.0
    platt_offset: float = 0.0
    apply: float = 0.35
    apply_kept: float = 0.4
    suggest: float = 0.1

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Weights from a TOML file. Raises ``ValueError`` for unknown names or values that are no numbers."""
        values = tomllib.loads(path.read_text("utf-8"))
        names = {field.name for field in fields(cls)}
        for name, value in values.items():
            if name not in names or not isinstance(value, int | float):
                raise ValueError(f"{path}: {name} = {value!r} is not one of the weights")
        return cls(**values)
