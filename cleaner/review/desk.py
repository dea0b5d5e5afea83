"""The texts on a reviewer's desk: what is decided on each, kept in a file beside it after every verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from cleaner.documents.confine import confine
from cleaner.documents.read import Document, DocumentError, display_name, read_document
from cleaner.documents.write import make_folder, write_file
from cleaner.edits import Result
from cleaner.report import html
from cleaner.report.fields import Fields, ReportError
from cleaner.report.json_report import digest
from cleaner.review.decisions import VERDICTS, Decisions, decide, proposed, read, render, undecided

SUFFIX = ".decisions.json"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text to review and the file that holds its decisions."""

    text: Path
    decisions: Path


class Desk:
    """The ``sheets`` in order, numbered from 1; ``restore`` is what gives a text its changes and suggestions.

    A text is restored when it is first looked at; once a verdict is given, the saved file says what was proposed, so
    that a review goes on as it began even where packs have changed since. Safe for several threads.
    """

    def __init__(self, sheets: Sequence[Sheet], restore: Callable[[str], Result]) -> None:
        self._sheets, self._restore = tuple(sheets), restore
        self._begun: dict[int, Decisions] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._sheets)

    def check(self) -> None:
        """Raise :class:`DocumentError` where a text cannot be read, or has decisions that are of another text."""
        for number in range(1, len(self) + 1):
            self._saved(number, self._document(number))

    def first_open(self) -> int:
        """The number of the first text that has something left to decide; 1 where all are reviewed."""
        with self._lock:
            return next((n for n in range(1, len(self) + 1) if _left(self._decisions(n, self._document(n)))), 1)

    def page(self, number: int) -> str:
        """The page of text ``number``. Raises :class:`DocumentError`."""
        with self._lock:
            document = self._document(number)
            decisions = self._decisions(number, document)
        verdicts = [
            {"number": at, "verdict": each.verdict, "after": each.after}
            for at, each in enumerate(decisions.decisions, 1)
            if each.verdict != "undecided"
        ]
        served = html.Served(
            save=f"/{number}",
            verdicts=verdicts,
            place=f"{number} of {len(self)}",
            previous=f"/{number - 1}" if number > 1 else None,
            next=f"/{number + 1}" if number < len(self) else None,
        )
        return html.render(proposed(document.text, decisions), document.name, served)

    def put(self, number: int, fields: Fields) -> None:
        """Take verdicts on text ``number`` and save them: ``fields`` holds its ``source_sha256`` and ``verdicts``, each
        with number, verdict and after. Raises :class:`ReportError` for what does not fit, and :class:`DocumentError`.
        """
        with self._lock:
            document = self._document(number)
            if fields.digest("source_sha256") != digest(document.text):
                raise DocumentError(f"{document.name}: has changed since it was opened; load the page again")
            decisions = self._decisions(number, document)
            made = list(decisions.decisions)
            for each in fields.objects("verdicts"):
                at = each.offset("number") - 1
                if not 0 <= at < len(made):
                    raise ReportError(f"{each.place}.number: there are {len(made)} changes and suggestions")
                own, verdict = each.string("after"), each.choice("verdict", VERDICTS)
                made[at] = decide(made[at].edit, made[at].applied, verdict, own)
            decisions = replace(decisions, decisions=tuple(made))
            place = self._sheets[number - 1].decisions
            make_folder(place.parent)
            write_file(place, render(decisions).encode())
            self._begun[number] = decisions

    def figures(self) -> tuple[int, int, int]:
        """Of the texts that have decisions: how many they are, and how many of their changes and suggestions are
        decided, of how many.
        """
        with self._lock:
            saved = [each for n in range(1, len(self) + 1) if (each := self._saved(n, self._document(n)))]
        return len(saved), sum(each.decided for each in saved), sum(len(each.decisions) for each in saved)

    def close(self) -> None:
        """Wait for a save that is under way, and take no more."""
        self._lock.acquire()

    def _document(self, number: int) -> Document:
        return read_document(self._sheets[number - 1].text)

    def _decisions(self, number: int, document: Document) -> Decisions:
        """The decisions on text ``number``: those at hand, else those saved, else none yet."""
        known = self._begun.get(number)
        if known is None or known.source_sha256 != digest(document.text):
            saved = self._saved(number, document)
            known = saved or undecided(confine(self._restore(document.text), document.barriers), document.name)
            self._begun[number] = known
        return known

    def _saved(self, number: int, document: Document) -> Decisions | None:
        place = self._sheets[number - 1].decisions
        if not place.exists():
            return None
        shown = display_name(place)
        try:
            saved = read(read_document(place, format="txt").text)
            proposed(document.text, saved)
        except ReportError as error:
            raise DocumentError(f"{shown}: {error}; move it away to review {document.name} anew") from None
        return saved


def _left(decisions: Decisions) -> bool:
    return decisions.decided < len(decisions.decisions)


def sheets(paths: Sequence[Path], folder: Path | None = None) -> list[Sheet]:
    """A sheet for each text of ``paths``; a folder stands for the ``.txt`` files in and below it, in order of name.

    Decisions go beside their text, or below ``folder``. Raises :class:`DocumentError` for a folder without texts, and
    where two texts would share a file of decisions.
    """
    out: dict[Path, Sheet] = {}
    for path in paths:
        for text in _texts(path):
            inside = text.relative_to(path) if path.is_dir() else Path(text.name)
            place = (text.parent if folder is None else (folder / inside).parent) / f"{text.name}{SUFFIX}"
            if place in out:
                raise DocumentError(
                    f"{display_name(place)}: would hold the decisions on two texts; review one at a time"
                )
            out[place] = Sheet(text, place)
    return list(out.values())


def _texts(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.rglob("*.txt") if each.is_file() and not each.name.startswith("."))
    if not found:
        raise DocumentError(f"{display_name(path)}: holds no .txt file; name the texts")
    return found
