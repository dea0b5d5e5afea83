"""What a reviewer decided about each change and suggestion of a text, as JSON, and the text that this leads to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from cleaner import edits as record
from cleaner.edits import Edit, Result
from cleaner.report.fields import Fields, ReportError
from cleaner.report.json_report import DECISIONS as SCHEMA
from cleaner.report.json_report import digest, in_order, read_edit
from cleaner.report.view import placed

Verdict = Literal["undecided", "accepted", "rejected", "edited"]
REVIEWER = "reviewer"
"""The source that edits of the reviewer's own name."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The ``verdict`` on one ``edit`` as it was proposed: a change (``applied``) or a suggestion.

    ``after`` is what the reviewed text has in the place of ``edit.before``: ``edit.after`` where accepted,
    ``edit.before`` where rejected, the reviewer's own words where edited. Undecided changes stay, undecided suggestions
    stay out. In JSON ``edit.after`` is named ``proposed``.
    """

    edit: Edit
    applied: bool
    verdict: Verdict
    after: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The review of one text: a decision, if only "undecided", for each change and suggestion, in order of place.

    ``source_sha256`` is the SHA-256 (hexadecimal) of the source in UTF-8; ``spin_rate``, ``dialect`` and ``spun`` are
    those of :class:`cleaner.edits.Result`.
    """

    name: str
    source_sha256: str
    spin_rate: float
    dialect: str | None
    spun: float
    decisions: tuple[Decision, ...]

    @property
    def decided(self) -> int:
        """How many of the decisions are made."""
        return sum(each.verdict != "undecided" for each in self.decisions)


def undecided(result: Result, name: str) -> Decisions:
    """The review of ``result`` before it begins. Suggestions that overlap what is in their way are left out."""
    decisions = tuple(decide(item.edit, item.applied, "undecided") for item in placed(result))
    return Decisions(name, digest(result.source), result.spin_rate, result.dialect, result.spun, decisions)


def decide(edit: Edit, applied: bool, verdict: Verdict, own: str = "") -> Decision:
    """The decision ``verdict`` on ``edit``; ``own`` are the reviewer's words where it is "edited".

    >>> edit = Edit(0, 4, "easy", "still", "spin", "double", 0.4)
    >>> [decide(edit, False, verdict, "yet").after for verdict in VERDICTS]
    ['easy', 'still', 'easy', 'yet']
    """
    kept = verdict == "rejected" or (verdict == "undecided" and not applied)
    return Decision(edit, applied, verdict, own if verdict == "edited" else edit.before if kept else edit.after)


def apply_decisions(source: str, decisions: Decisions) -> tuple[str, list[Edit]]:
    """The reviewed text, and the edits that lead to it: what was typed by the reviewer has the source "reviewer".

    Raises :class:`ReportError` when ``source`` is not the text that was reviewed.
    """
    if digest(source) != decisions.source_sha256:
        raise ReportError(f"the text is not the one reviewed as {decisions.name!r}: SHA-256 differs")
    edits = [_made(each) for each in decisions.decisions if each.after != each.edit.before]
    try:
        return record.apply(source, edits), edits
    except record.EditError as error:
        raise ReportError(f"decisions do not fit the text: {error}") from error


def reviewed(source: str, decisions: Decisions) -> Result:
    """The reviewed text as a result, for reports: what is neither made nor rejected is still a suggestion. Raises as
    :func:`apply_decisions` does.
    """
    text, edits = apply_decisions(source, decisions)
    open_ = tuple(each.edit for each in decisions.decisions if each.verdict == "undecided" and not each.applied)
    return Result(source, text, tuple(edits), open_, decisions.spin_rate, decisions.dialect, decisions.spun)


def proposed(source: str, decisions: Decisions) -> Result:
    """The result that was reviewed. Raises as :func:`apply_decisions` does."""
    text, _ = apply_decisions(source, replace(decisions, decisions=_reset(decisions.decisions)))
    edits, suggestions = (
        tuple(each.edit for each in decisions.decisions if each.applied is applied) for applied in (True, False)
    )
    return Result(source, text, edits, suggestions, decisions.spin_rate, decisions.dialect, decisions.spun)


def render(decisions: Decisions) -> str:
    """``decisions`` as JSON: the same bytes for the same decisions, in ASCII."""
    fields = {name: getattr(decisions, name) for name in ("name", "source_sha256", "spin_rate", "dialect", "spun")}
    data = {"schema": SCHEMA, **fields, "decisions": [_written(each) for each in decisions.decisions]}
    return json.dumps(data, indent=1, allow_nan=False) + "\n"


def read(text: str) -> Decisions:
    """The decisions in ``text``. Raises :class:`ReportError`, naming the field that is missing or wrong."""
    fields = Fields.of(text)
    schema = fields.string("schema")
    if schema != SCHEMA:
        raise ReportError(f"schema is {schema!r}; this version reads {SCHEMA!r}")
    decisions = [_read(each) for each in fields.objects("decisions")]
    in_order("decisions", [each.edit for each in decisions])
    return Decisions(
        name=fields.string("name"),
        source_sha256=fields.digest("source_sha256"),
        spin_rate=fields.share("spin_rate"),
        dialect=fields.optional_string("dialect"),
        spun=fields.share("spun"),
        decisions=tuple(decisions),
    )


def _made(decision: Decision) -> Edit:
    if decision.verdict != "edited":
        return decision.edit
    return replace(decision.edit, after=decision.after, source=REVIEWER, confidence=1.0, alternatives=(), reason={})


def _reset(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    return tuple(decide(each.edit, each.applied, "undecided") for each in decisions)


def _written(decision: Decision) -> dict[str, Any]:
    edit = asdict(decision.edit)
    verdict = {"verdict": decision.verdict, "applied": decision.applied, "after": decision.after}
    return {"start": edit.pop("start"), "end": edit.pop("end"), "proposed": edit.pop("after"), **edit, **verdict}


def _read(fields: Fields) -> Decision:
    edit, after = read_edit(fields, after="proposed"), fields.string("after")
    decision = decide(edit, fields.boolean("applied"), fields.choice("verdict", VERDICTS), after)
    if decision.after != after:
        raise ReportError(f"{fields.place}.after: {after!r} is not what {decision.verdict!r} leads to")
    return decision
