"""Regular-expression rules of packs: scrape residue and the small marks that spinners leave."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.edits import Edit, log_odds
from cleaner.packs.model import Rule

TIMEOUT = 5.0
"""Seconds that one pattern may take on one text. A pattern that needs more fails the text, so that results never
depend on the machine's load."""


class RuleTimeoutError(RuntimeError):
    """A pattern took too long on a text; the message names the rule."""


def rule_edits(text: str, rules: Iterable[Rule], *, spun: bool) -> list[Edit]:
    """The edits that ``rules`` propose; rules for spun text only are left out where ``spun`` is false."""
    return [edit for rule in rules if spun or not rule.spun_only for edit in matches(text, rule)]


def matches(text: str, rule: Rule) -> list[Edit]:
    """The edits of one rule. Raises :class:`RuleTimeoutError`."""
    edits = []
    try:
        for match in rule.pattern.finditer(text, timeout=TIMEOUT):
            after = match.expand(rule.replace)
            if after != match.group():
                start, end = match.span()
                reason = {"rule": log_odds(rule.confidence)}
                edits.append(Edit(start, end, match.group(), after, rule.kind, rule.name, rule.confidence, (), reason))
    except TimeoutError:
        raise RuleTimeoutError(f"rule {rule.name} took more than {TIMEOUT:g} s on this text") from None
    return edits
