"""What a text says about edits: where none may be made, and which are made in somebody's quoted words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cleaner.edits import Edit, Spans
from cleaner.propose.phrases import protected_tokens
from cleaner.text.markers import left_alone
from cleaner.text.quotations import quotations
from cleaner.text.spans import joined
from cleaner.text.tokens import Kind, Token


@dataclass(frozen=True, slots=True)
class Guard:
    """Where edits of one text must not be: in ``closed`` spans, and partly inside ``fixed`` ones (URLs, code, markup),
    which only a rule for what stands around them may take away whole. ``quoted`` spans stand in quotation marks.
    """

    closed: Spans
    fixed: Spans
    quoted: Spans

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], protect: frozenset[str]) -> Guard:
        """The guard of ``text``; ``protect`` holds phrases as :attr:`cleaner.packs.lexicon.Lexicon.protect` does."""
        phrases = protected_tokens([token.key for token in tokens], protect)
        words = ((tokens[at].start, tokens[at].end) for at in phrases)
        return cls(
            closed=Spans(joined((*left_alone(text), *words))),
            fixed=Spans((token.start + 1, token.end) for token in tokens if token.kind is Kind.FIXED),
            quoted=Spans(quotations(text)),
        )

    def admit(self, edits: Iterable[Edit]) -> list[Edit]:
        """Those of ``edits`` that may be made, each marked as to whether it touches quoted words."""
        return [
            replace(edit, quoted=not self.quoted.free(edit.start, edit.end)) for edit in edits if self._admits(edit)
        ]

    def _admits(self, edit: Edit) -> bool:
        cuts = not (self.fixed.free(edit.start, edit.start) and self.fixed.free(edit.end, edit.end))
        return not cuts and self.closed.free(edit.start, edit.end)
