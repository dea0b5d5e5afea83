"""What the output depends on beside the input: one key for it all, and the substitutions that a user rejected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.allow import unescaped
from cleaner.batch.clean import digest_file
from cleaner.batch.outcome import Pair
from cleaner.batch.plan import BatchError
from cleaner.documents.read import DocumentError, display_name, read_document
from cleaner.packs.load import shipped_folder
from cleaner.text.tokens import fold

if TYPE_CHECKING:
    from cleaner.pipeline import Restorer


def settings_key(restorer: Restorer, field: str) -> str:
    """A digest of everything but input and rejections that decides what is written: the version, the dictionaries, all
    options of the restorer, with the content of files that they name. Raises :class:`BatchError`.
    """
    from cleaner import __version__

    facts = [__version__, field, *_facts(shipped_folder())]
    for option in signature(type(restorer)).parameters:
        if option != "rejected":
            facts += option, *_facts(getattr(restorer, option))
    return sha256("\0".join(facts).encode("utf-8", "surrogateescape")).hexdigest()


def read_rejections(path: Path) -> frozenset[Pair]:
    r"""The substitutions in a file: ``before<TAB>after`` a line, as the index page of a batch saves it.

    Tabs, line ends and backslashes of the texts are written ``\t``, ``\n``, ``\r`` and ``\\``; a line that begins
    with ``#`` is a comment, one that begins with ``\#`` is not. Raises :class:`BatchError` that names file and line.
    """
    try:
        text = read_document(path, format="txt").text
    except DocumentError as error:
        raise BatchError(str(error)) from error
    return frozenset(_pairs(display_name(path), text.split("\n")))


def _pairs(name: str, lines: Iterable[str]) -> Iterator[Pair]:
    for number, line in enumerate(lines, 1):
        columns = line.removesuffix("\r").split("\t")
        if columns == [""] or line.startswith("#"):
            continue
        if len(columns) != 2:
            raise BatchError(f"{name}:{number}: must read before<TAB>after; there are {len(columns)} columns")
        before, after = map(unescaped, columns)
        yield fold(before), fold(after)


def _facts(value: object) -> Iterator[str]:
    if isinstance(value, Path):
        for path in sorted(value.rglob("*")) if value.is_dir() else [value]:
            if not path.is_dir():
                yield path.relative_to(value).as_posix()
                yield _digest(path)
    elif isinstance(value, (tuple, frozenset)):
        for each in sorted(value) if isinstance(value, frozenset) else value:
            yield from _facts(each)
    else:
        yield repr(value)


def _digest(path: Path) -> str:
    try:
        return digest_file(path)
    except OSError as error:
        raise BatchError(f"{display_name(path)}: cannot be read ({error.strerror})") from error
