"""Checked access to the fields of parsed JSON: each error names the field."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

T = TypeVar("T", bound=str)


class ReportError(ValueError):
    """A report that cannot be read, or that is of another text; the message names what is wrong."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one JSON object at ``place`` (as ``edits[3]``; empty at the top). All methods raise
    :class:`ReportError` where the field holds something else, or is missing and has no default.
    """

    place: str
    data: dict[str, Any]

    @classmethod
    def of(cls, text: str) -> Fields:
        """The object that ``text`` holds."""
        try:
            data = json.loads(text)
        except RecursionError:
            raise ReportError("not a report: nested too deeply") from None
        except ValueError as error:
            raise ReportError(f"not JSON: {error}") from None
        return cls("", _object(data, "the report"))

    def string(self, key: str) -> str:
        """A string."""
        value = self._get(key)
        return value if isinstance(value, str) else self._wrong(key, "a string", value)

    def optional_string(self, key: str) -> str | None:
        """A string or null."""
        value = self._get(key)
        return value if value is None or isinstance(value, str) else self._wrong(key, "a string or null", value)

    def boolean(self, key: str, default: bool | None = None) -> bool:
        """True or false; a ``default`` stands for a field that is missing."""
        value = self._get(key) if default is None else self.data.get(key, default)
        return value if isinstance(value, bool) else self._wrong(key, "true or false", value)

    def digest(self, key: str) -> str:
        """A SHA-256 in lower-case hexadecimal."""
        value = self.string(key)
        return value if re.fullmatch("[0-9a-f]{64}", value) else self._wrong(key, "64 hexadecimal digits", value)

    def choice(self, key: str, known: Sequence[T]) -> T:
        """One of ``known``."""
        value = self.string(key)
        return next((each for each in known if each == value), None) or self._wrong(
            key, f"one of {', '.join(known)}", value
        )

    def offset(self, key: str) -> int:
        """A whole number, not negative."""
        value = self._get(key)
        return value if type(value) is int and value >= 0 else self._wrong(key, "a whole number from 0", value)

    def share(self, key: str) -> float:
        """A number from 0 to 1."""
        value = self._get(key)
        return float(value) if _is_number(value) and 0 <= value <= 1 else self._wrong(key, "a share from 0 to 1", value)

    def numbers(self, key: str) -> dict[str, float]:
        """An object of finite numbers."""
        inner = Fields(self._at(key), _object(self._get(key), self._at(key)))
        return {name: inner._number(name) for name in inner.data}

    def objects(self, key: str) -> list[Fields]:
        """A list of objects."""
        value = self._get(key)
        if not isinstance(value, list):
            self._wrong(key, "a list", value)
        places = [f"{self._at(key)}[{number}]" for number in range(len(value))]
        return [Fields(place, _object(each, place)) for place, each in zip(places, value, strict=True)]

    def _number(self, key: str) -> float:
        value = self._get(key)
        return float(value) if _is_number(value) else self._wrong(key, "a finite number", value)

    def _get(self, key: str) -> Any:
        if key not in self.data:
            raise ReportError(f"{self._at(key)} is missing")
        return self.data[key]

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _wrong(self, key: str, wanted: str, value: object) -> NoReturn:
        raise ReportError(f"{self._at(key)}: expected {wanted}, found {_shown(value)}")


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ReportError(f"{place}: expected an object, found {_shown(value)}")
    return value


def _is_number(value: object) -> bool:
    try:
        return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]
    except OverflowError:
        return False


def _shown(value: object) -> str:
    """The JSON of ``value``, cut to what fits in a message."""
    whole = json.dumps(value)
    return whole if len(whole) <= 60 else f"{whole[:57]}..."
