"""Optional libraries: what is missing is told in one line, with the command that gets it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class MissingExtraError(ImportError, ValueError):
    """A library that an optional part needs is not installed; the message says how to get it."""


@contextmanager
def needing(what: str, extra: str) -> Iterator[None]:
    """Imports in this block are of libraries that ``what`` needs and that come with the optional ``extra``.

    >>> with needing("Magic", "magic"):
    ...     import no_such_library
    Traceback (most recent call last):
    ...
    cleaner.documents.extras.MissingExtraError: Magic needs no_such_library: pip install 'cleaner[magic]'
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"{what} needs {error.name}: pip install 'cleaner[{extra}]'") from None
