"""What a plain YAML scalar means: the core schema of YAML 1.2, in which yes, no, on and dates are words."""

from __future__ import annotations

import math
import re

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMERIC = frozenset("-+.0123456789")
_LONGEST_NUMBER = 18
MAY_MEAN = _NUMERIC | {word[:1] for word in _WORDS}
"""How a plain scalar begins that may mean something else than its words (`""`: an empty one)."""


def resolve(text: str) -> str | int | float | bool | None:
    """Give the value of a plain scalar; a number too long or not finite stays a word."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC or len(text) > _LONGEST_NUMBER:
        return text
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text
