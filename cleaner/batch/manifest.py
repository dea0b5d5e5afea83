"""What a batch has done so far, file by file: a SQLite database that survives any end of the process."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from cleaner.batch.outcome import Example, Figures, Outcome, Pair, Use
from cleaner.batch.plan import BatchError
from cleaner.documents.read import display_name

VERSION = 1
"""Of the tables below."""
EXAMPLES = 3
"""How many examples are shown of a substitution, each of another file."""
_TABLES = """
CREATE TABLE files (
    name BLOB PRIMARY KEY, reason TEXT, settings TEXT, input TEXT, output TEXT, rejects INTEGER,
    words INTEGER, changes INTEGER, suggestions INTEGER, spin_rate REAL, dialect TEXT, spun REAL, confidence REAL
);
CREATE TABLE uses (
    name BLOB, before TEXT, after TEXT, kind TEXT, made INTEGER, suggested INTEGER, held INTEGER,
    left TEXT, was TEXT, became TEXT, right TEXT,
    PRIMARY KEY (before, after, name)
) WITHOUT ROWID;
CREATE INDEX uses_by_name ON uses (name);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest knows of a file: with a ``reason`` it failed. ``settings`` are those it was done with,
    ``input`` and ``output`` the digests of its bytes.
    """

    reason: str | None
    settings: str
    input: str
    output: str


@dataclass(frozen=True, slots=True)
class Total:
    """A substitution over all files: how often it was made and suggested, in how many files it was made, and whether
    it was rejected. ``examples`` are of the first files by name, each with that name.
    """

    pair: Pair
    kind: str
    made: int
    suggested: int
    files: int
    rejected: bool
    examples: tuple[tuple[str, Example], ...]


class Manifest:
    """The manifest in ``path``, open for one process alone until it is closed.

    Names of files may be any bytes, so they are kept as such. Raises :class:`BatchError` when another process has it
    open, and when it cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._errors():
            self._database = sqlite3.connect(path, isolation_level=None, timeout=1)
            # Exclusive: one run at a time. The lock goes with the process, however it ends.
            self._run("PRAGMA locking_mode = EXCLUSIVE")
            self._run("PRAGMA journal_mode = WAL")
            self._run("PRAGMA synchronous = NORMAL")
            (version,) = self._run("PRAGMA user_version").fetchone()
            if version == 0:
                self._database.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
            elif version != VERSION:
                raise BatchError(f"{display_name(path)}: is of another version of cleaner; choose another folder")
            self._run("CREATE TEMP TABLE planned (name BLOB PRIMARY KEY) WITHOUT ROWID")

    def close(self) -> None:
        """Let other processes have it."""
        self._database.close()

    def plan(self, names: Iterable[str]) -> None:
        """Say which files the batch has now; what is known of others is kept, but no longer told."""
        with self._errors(), self._transaction():
            self._run("DELETE FROM planned")
            self._database.executemany("INSERT INTO planned VALUES (?)", ((os.fsencode(name),) for name in names))

    def entries(self) -> dict[str, Entry]:
        """What is known of the planned files, by name."""
        with self._errors():
            rows = self._run("SELECT name, reason, settings, input, output FROM files JOIN planned USING (name)")
            return {os.fsdecode(name): Entry(*rest) for name, *rest in rows}

    def judged_otherwise(self, rejected: Collection[Pair]) -> set[str]:
        """The files that would come out another way with these rejections: those that have one of them made or
        suggested, and those that were held back from a substitution that is no longer rejected.
        """
        with self._errors(), self._transaction():
            self._run("CREATE TEMP TABLE IF NOT EXISTS rejected (before TEXT, after TEXT, PRIMARY KEY (before, after))")
            self._run("DELETE FROM rejected")
            self._database.executemany("INSERT INTO rejected VALUES (?, ?)", rejected)
            rows = self._run(
                "SELECT DISTINCT name FROM uses JOIN planned USING (name) LEFT JOIN rejected USING (before, after)"
                " WHERE held = (rejected.before IS NULL)"
            )
            return {os.fsdecode(name) for (name,) in rows}

    def record(self, outcome: Outcome, settings: str) -> None:
        """Put down what became of a file, in place of what was known of it."""
        name = os.fsencode(outcome.name)
        known = name, outcome.reason, settings, outcome.input, outcome.output, outcome.rejects
        uses = [(name, *map(_storable, _flat(use))) for use in outcome.uses]
        with self._errors(), self._transaction():
            self._run("DELETE FROM uses WHERE name = ?", (name,))
            self._run(f"REPLACE INTO files VALUES ({_marks(13)})", (*known, *astuple(outcome.figures)))
            self._database.executemany(f"INSERT INTO uses VALUES ({_marks(11)})", uses)

    def outcomes(self) -> Iterator[Outcome]:
        """What became of the planned files, in order of name, without their substitutions."""
        query = (
            "SELECT name, reason, input, output, rejects, words, changes, suggestions, spin_rate, dialect, spun,"
            " confidence FROM files JOIN planned USING (name) ORDER BY name"
        )
        with self._errors():
            for name, reason, read, written, rejects, *rest in self._run(query):
                yield Outcome(os.fsdecode(name), reason, read, written, Figures(*rest), rejects=rejects)

    def totals(self) -> Iterator[Total]:
        """All substitutions of the planned files, in order of their pairs."""
        query = (
            "SELECT name, before, after, kind, made, suggested, held, left, was, became, right"
            " FROM uses JOIN planned USING (name) ORDER BY before, after, name"
        )
        with self._errors():
            for pair, rows in groupby(self._run(query), key=lambda row: (row[1], row[2])):
                yield _total(pair, [(os.fsdecode(name), _use(row)) for name, *row in rows])

    def _run(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        return self._database.execute(statement, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._run("ROLLBACK")
            raise
        self._run("COMMIT")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """What SQLite says, as what it means for the batch."""
        name = display_name(self._path)
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BatchError(f"{name}: another run is at work there; wait until it ends") from None
            raise BatchError(f"{name}: cannot be used ({error}); make room, or choose another folder") from error
        except sqlite3.DatabaseError as error:
            remedy = "remove it: files that are done already are then done again"
            raise BatchError(f"{name}: is damaged ({error}); {remedy}") from error


def _flat(use: Use) -> tuple[object, ...]:
    example = use.example
    place = (example.left, example.before, example.after, example.right) if example else (None,) * 4
    return *use.pair, use.kind, use.made, use.suggested, use.held, *place


def _use(row: Sequence[Any]) -> Use:
    before, after, kind, made, suggested, held, left, *rest = row
    return Use((before, after), kind, made, suggested, bool(held), None if left is None else Example(left, *rest))


def _total(pair: Pair, found: Sequence[tuple[str, Use]]) -> Total:
    uses = [use for _, use in found]
    return Total(
        pair,
        next((use.kind for use in uses if use.kind), ""),
        sum(use.made for use in uses),
        sum(use.suggested for use in uses),
        sum(use.made > 0 for use in uses),
        any(use.held for use in uses),
        tuple((name, use.example) for name, use in found if use.example)[:EXAMPLES],
    )


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _storable(value: object) -> object:
    """SQLite takes no half of a surrogate pair; a JSON file may hold one."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
