"""What a text says about edits: where none may be made, and which are made in somebody's quoted words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.edits import Edit, Spans
from cleaner.propose.phrases import protected_tokens
from cleaner.text.quotations import quotations
from cleaner.text.spans import joined
from cleaner.text.tokens import Kind, Token

_SWITCH = re.compile(
    r"<!--\s*+cleaner:\s*+(?P<comment>off|on)\s*+-->"
    r"|(?<![^\r\n])[ \t]*+(?:(?:\#|//)[ \t]*+)?cleaner:[ \t]*+(?P<line>off|on)[ \t]*+(?![^\r\n])",
    re.IGNORECASE,
)
_SKIP = re.compile(r"<!--[ \t]*+cleaner:[ \t]*+skip[ \t]*+-->", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")


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


def left_alone(text: str) -> Iterator[tuple[int, int]]:
    r"""Spans, in no order, that markers in ``text`` take out, themselves included.

    ``<!-- cleaner: off -->`` reaches to ``<!-- cleaner: on -->`` or to the end of the text; ``<!-- cleaner: skip -->``
    takes out its line. ``cleaner: off`` and ``cleaner: on`` may also stand on lines of their own, behind # or //.

    >>> text = "a\n# cleaner: off\nb\n# cleaner: on\nc\nd <!-- cleaner: skip -->\ne <!-- cleaner: off --> f"
    >>> [text[start:end] for start, end in left_alone(text)]
    ['d <!-- cleaner: skip -->', '# cleaner: off\nb\n# cleaner: on', '<!-- cleaner: off --> f']
    """
    yield from (line.span() for line in _LINE.finditer(text) if _SKIP.search(line.group()))
    off = -1
    for switch in _SWITCH.finditer(text):
        if (switch["comment"] or switch["line"]).lower() == "off":
            off = switch.start() if off < 0 else off
        else:
            yield off if off >= 0 else switch.start(), switch.end()
            off = -1
    if off >= 0:
        yield off, len(text)
