"""What a document of any format gives to the rest: its text, where edits may not go, and its bytes with edits made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.edits import Edit


class DocumentError(ValueError):
    """A document that cannot be read or written; the message names the document, the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class Barriers:
    """Where edits of a document may not go; all are code-point offsets of its text, in order.

    No edit may cross one of ``points`` (start < point < end): markup stands there. None may touch one of the spans
    ``fixed``: code, tables, what is no text of its own. None may empty one of the spans ``blocks``.
    """

    points: tuple[int, ...] = ()
    fixed: tuple[tuple[int, int], ...] = ()
    blocks: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Document(ABC):
    """A document as it was read. ``name`` is for people (the path, or ``<stdin>``); ``text`` is its prose; edits of it
    must keep to ``barriers``, see :func:`cleaner.documents.confine.confine`.
    """

    name: str
    text: str
    barriers: Barriers = field(default=Barriers(), kw_only=True)

    @abstractmethod
    def rewrite(self, edits: Sequence[Edit]) -> bytes:
        """The document's bytes with exactly ``edits`` made: none of them, and they are the bytes that were read.

        Raises ``EditError`` for edits that do not fit the text or go where they may not, and :class:`DocumentError`
        for text that the document's encoding cannot hold.
        """
