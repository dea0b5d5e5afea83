"""spaCy: texts restored before a pipeline sees them, or told of by a component of it.

The text of a ``Doc`` cannot change. So either restore what goes in, and the pipeline reads the restored text::

    for doc, result in nlp.pipe(restored(texts), as_tuples=True): ...

or keep the text as it is, and ask what it was restored to::

    nlp.add_pipe("cleaner")
    doc = nlp("There dangle also been quieter attempts …")
    doc._.restored, doc._.cleaner.edits, [entity._.restored for entity in doc.ents]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cleaner.documents.extras import needing
from cleaner.edits import KINDS, Alternative, Edit, EditKind, Result, apply
from cleaner.pipeline import Restorer, default_restorer

with needing("The spaCy component", "spacy"):
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_RECORD = "cleaner_record"
"""What a ``Doc`` keeps: plain data, as docs are pickled and written to disk with all that they hold."""


def restored(texts: Iterable[str], restorer: Restorer | None = None) -> Iterator[tuple[str, Result]]:
    """Each text restored, with its result: for ``nlp.pipe(…, as_tuples=True)``.

    ``result.offsets`` carries the entities that are found to the text as it was.
    """
    restorer = restorer or default_restorer()
    for text in texts:
        result = restorer.restore(text)
        yield result.text, result


def make_component(
    nlp: Language, name: str, packs: Sequence[str], kinds: Sequence[EditKind], min_confidence: float | None
) -> Component:
    """The component ``cleaner``; its options are those of :class:`~cleaner.pipeline.Restorer`."""
    return Component(Restorer([Path(pack) for pack in packs], None, kinds, min_confidence))


Language.factory("cleaner", default_config={"packs": (), "kinds": KINDS, "min_confidence": None}, func=make_component)


class Component:
    """Restores the text of each doc, which itself stays as it is.

    It gives docs ``doc._.cleaner`` (the :class:`~cleaner.edits.Result`; ``None`` before the component has run) and
    ``doc._.restored``, and spans ``span._.restored``: what stands in their place in the restored text.
    """

    def __init__(self, restorer: Restorer) -> None:
        self.restorer = restorer
        Doc.set_extension(_RECORD, default=None, force=True)
        Doc.set_extension("cleaner", getter=_result, force=True)
        Doc.set_extension("restored", getter=_restored, force=True)
        Span.set_extension("restored", getter=_restored_span, force=True)

    def __call__(self, doc: Doc) -> Doc:
        """Restore the text of ``doc``."""
        record = asdict(self.restorer.restore(doc.text))
        del record["source"], record["text"]
        doc._.set(_RECORD, record)
        return doc


def _result(doc: Doc) -> Result | None:
    record: dict[str, Any] | None = doc._.get(_RECORD)
    if record is None:
        return None
    edits, suggestions = _edits(record["edits"]), _edits(record["suggestions"])
    return Result(doc.text, apply(doc.text, edits), **{**record, "edits": edits, "suggestions": suggestions})


def _edits(plain: Iterable[dict[str, Any]]) -> tuple[Edit, ...]:
    return tuple(Edit(**{**each, "alternatives": _alternatives(each["alternatives"])}) for each in plain)


def _alternatives(plain: Iterable[dict[str, Any]]) -> tuple[Alternative, ...]:
    return tuple(Alternative(**each) for each in plain)


def _restored(doc: Doc) -> str:
    result = _result(doc)
    return doc.text if result is None else result.text


def _restored_span(span: Span) -> str:
    result = _result(span.doc)
    if result is None:
        return str(span.text)
    start, end = result.offsets.to_restored(span.start_char, span.end_char)
    return result.text[start:end]
