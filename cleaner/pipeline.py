"""The whole way of a text: read, normalise, propose, judge, agree, edits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from inspect import signature
from pathlib import Path
from threading import RLock
from typing import Any

from cleaner.agree import agreement_edits
from cleaner.detection import SPUN, Detection, dialect_of, to_detection
from cleaner.edits import KINDS, Edit, EditKind, QuotePolicy, Result, Spans, apply, merge
from cleaner.guard import Guard
from cleaner.judge.arpa import read_arpa
from cleaner.judge.confidence import is_sure, to_edits
from cleaner.judge.decide import HUMAN, Judgement, judge
from cleaner.judge.ngram import NgramModel
from cleaner.judge.screen import Screen
from cleaner.judge.weights import Weights
from cleaner.normalise.damage import damage_edits, is_early, onto_source
from cleaner.normalise.headline import headline_edits
from cleaner.normalise.residue import rule_edits
from cleaner.normalise.typography import Typography
from cleaner.packs.lexicon import Lexicon, build_lexicon, phrase_key
from cleaner.packs.load import load_pack, shipped_folder, shipped_packs
from cleaner.propose import Proposers
from cleaner.text.tokens import Token, fold, tokenize

_LOADING = RLock()
"""Held while a restorer loads, or threads that come at the same time would each load for themselves."""


class Restorer:
    """Restores texts with one set of packs and one language model, loaded at first use and then kept.

    ``packs`` are folders stacked over the shipped packs; ``lm`` is an ARPA file used in place of the shipped model;
    ``kinds`` limits the kinds of edits; edits below ``min_confidence`` become suggestions (``None``: the fitted
    threshold); ``rejected`` holds substitutions, as (before, after) in any case, that are never made; ``typography``
    is what becomes of quotation marks, dashes and spaces; ``allow`` holds words and phrases that are never touched, in
    any case; ``quotes`` says what becomes of edits in quotation marks; with ``only_spun`` a text that is not judged
    spun stays as it is, damage and all.

    Threads may share it, and processes too: pickled it is its options only, and of those that are unpickled in a
    process, all with the same options are one.
    """

    def __init__(
        self,
        packs: Sequence[Path] = (),
        lm: Path | None = None,
        kinds: Collection[EditKind] = KINDS,
        min_confidence: float | None = None,
        rejected: Collection[tuple[str, str]] = (),
        typography: Typography = "keep",
        allow: Collection[str] = (),
        quotes: QuotePolicy = "apply",
        only_spun: bool = False,
    ) -> None:
        self.packs, self.lm = tuple(packs), lm
        self.kinds, self.min_confidence, self.typography = frozenset(kinds), min_confidence, typography
        self.rejected = frozenset((fold(before), fold(after)) for before, after in rejected)
        self.allow = frozenset(" ".join(phrase.split()) for phrase in allow)
        self.quotes, self.only_spun = quotes, only_spun

    def restore(self, text: str) -> Result:
        """The restored ``text`` with its record; a text that shows no spinning and no damage comes back as it was."""
        wanted, made = self._damage(text)
        result = self._restore(apply(text, made))
        if self.only_spun and result.spun < SPUN:
            return replace(result, source=text, text=text, edits=(), suggestions=())
        if not wanted:
            return result
        result = onto_source(text, made, result)
        others = [*result.suggestions, *set(wanted).difference(made)]
        return replace(result, suggestions=tuple(_suggestions(others, result.edits, self.weights.suggest)))

    def detect(self, text: str) -> Detection:
        """Whether ``text`` is spun, with what tells so: the first half of :meth:`restore`, which finds the same."""
        _, made = self._damage(text)
        tokens = tokenize(apply(text, made))
        return to_detection(text, made, tokens, self._look(tokens), self.weights)

    def _damage(self, text: str) -> tuple[list[Edit], list[Edit]]:
        """What is wrong with the text before it is judged, and what of that is put right."""
        with _LOADING:
            _ = self.screen, self.proposers, self.weights
        damage = damage_edits(text, self.lexicon.rules, self.typography)
        wanted = self._wanted(damage, Guard.of(text, tokenize(text), self.lexicon.protect)) if damage else []
        least = self.min_confidence or 0.0
        return wanted, [edit for edit in wanted if self._is_open(edit) and edit.confidence >= least]

    def _restore(self, text: str) -> Result:
        tokens = tokenize(text)
        judgement = self._judge(tokens)
        found = to_edits(text, tokens, judgement, self.weights)
        late = (rule for rule in self.lexicon.rules if not is_early(rule))
        found += [*rule_edits(text, late, spun=judgement.spun >= SPUN), *headline_edits(text)]
        guard = Guard.of(text, tokens, self.lexicon.protect)
        wanted = self._wanted(found, guard)
        edits = merge(edit for edit in wanted if self._is_made(edit, judgement.spun))
        if "agreement" in self.kinds:
            agreed = self._wanted(agreement_edits(text, tokens, edits), guard)
            edits = [edit for edit in agreed if self._is_open(edit)]
        suggestions = _suggestions(wanted, edits, self.weights.suggest)
        rate, dialect = judgement.page.rate, dialect_of(judgement)
        return Result(text, apply(text, edits), tuple(edits), tuple(suggestions), rate, dialect, judgement.spun)

    def _judge(self, tokens: Sequence[Token]) -> Judgement:
        judgement = self._look(tokens)
        if judgement.spun < SPUN:
            return judgement
        candidates = [*judgement.followed, *self.proposers.inexact(tokens)]
        refined = judge(tokens, candidates, self.lexicon, self.model, self.weights, judgement.page)
        return replace(judgement, readings=refined.readings)

    def _look(self, tokens: Sequence[Token]) -> Judgement:
        """The judgement by the words and by what stands in the tables."""
        if self.screen.rules_out(tokens):
            return HUMAN
        return judge(tokens, self.proposers.exact(tokens), self.lexicon, self.model, self.weights)

    def _wanted(self, edits: Sequence[Edit], guard: Guard) -> list[Edit]:
        """What the text and the user leave of ``edits``."""
        found = [edit for edit in guard.admit(edits) if edit.kind in self.kinds and not self._is_rejected(edit)]
        return [edit for edit in found if not edit.quoted] if self.quotes == "skip" else found

    def _is_rejected(self, edit: Edit) -> bool:
        pair = fold(edit.before), fold(edit.after)
        return pair in self.rejected or pair in self.lexicon.never

    def _is_made(self, edit: Edit, spun: float) -> bool:
        if not self._is_open(edit):
            return False
        if self.min_confidence is not None:
            return edit.confidence >= self.min_confidence
        return is_sure(edit, self.weights) and (spun >= SPUN or edit.kind == "residue")

    def _is_open(self, edit: Edit) -> bool:
        return self.quotes == "apply" or not edit.quoted

    @cached_property
    def lexicon(self) -> Lexicon:
        """The shipped packs and the user's, merged; what is allowed is protected, with its possessives."""
        lexicon = build_lexicon([load_pack(folder) for folder in (*shipped_packs(), *self.packs)])
        allowed = (f"{key}{ending}" for key in map(phrase_key, self.allow) for ending in ("", "'s"))
        return replace(lexicon, protect=lexicon.protect.union(allowed))

    @cached_property
    def model(self) -> NgramModel:
        """The language model."""
        return NgramModel.open(shipped_folder() / "lm") if self.lm is None else NgramModel.of(read_arpa(self.lm))

    @cached_property
    def screen(self) -> Screen:
        """What tells human text by its words."""
        return Screen(self.lexicon, self.model)

    @cached_property
    def proposers(self) -> Proposers:
        """The proposers over the lexicon."""
        return Proposers(self.lexicon, self.model)

    @cached_property
    def weights(self) -> Weights:
        """The fitted weights."""
        return Weights.load(shipped_folder() / "weights.toml")

    def __copy__(self) -> Restorer:
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        return other

    def __reduce__(self) -> tuple[Any, ...]:
        options = (getattr(self, name) for name in signature(type(self)).parameters)
        # a set may come in another order in each process, and what is pickled is hashed by caches
        return _unpickled, (type(self), *(tuple(sorted(o)) if isinstance(o, frozenset) else o for o in options))


def _unpickled(*options: Any) -> Restorer:
    return _kept(*options)


@lru_cache(8)
def _kept(kind: Any, *options: Any) -> Restorer:
    restorer: Restorer = kind(*options)
    return restorer


@cache
def default_restorer() -> Restorer:
    """The restorer with the shipped packs and no options, one for the process."""
    return Restorer()


def restore(text: str) -> Result:
    """Restore one text with the shipped packs; for other options make a :class:`Restorer`."""
    return default_restorer().restore(text)


def detect(text: str) -> Detection:
    """Detect spinning in one text with the shipped packs; for other options make a :class:`Restorer`."""
    return default_restorer().detect(text)


def _suggestions(found: Sequence[Edit], edits: Sequence[Edit], floor: float) -> list[Edit]:
    """What was weighed, not applied, and does not touch an applied edit."""
    taken = Spans((edit.start, edit.end) for edit in edits)
    return merge(edit for edit in found if edit.confidence >= floor and taken.free(edit.start, edit.end))
