"""What may come next in a condition that is being typed."""

from __future__ import annotations

import re
from typing import NamedTuple

from goldenthread.language import RESERVED
from goldenthread.language.parse import DAYS, FUNCTIONS

_TOKEN = re.compile(r"[a-z][A-Za-z0-9_.]*|-?[0-9]+(?:\.[0-9]+)?|<=|>=|==|!=|<|>|[()\[\],]|\S")
_COMPARES = {"==", "!=", "<", "<=", ">", ">=", "is"}
_BEGINS = {"and", "or", "not", "("}
_UNITS = frozenset({*DAYS, *(f"{unit}s" for unit in DAYS)})


class Expected(NamedTuple):
    """What may come next in a condition, and of which fact or function.

    `condition`: a fact, a function, `not`, an option before `in`; `fact`: one within the function `of`; `option`,
    `options`: one of the fact `of`, or a list of them; `holding`: a fact among whose options `of` is; `unit`: one of
    time; `after`: a word that joins what follows the fact `of`; `nothing`.
    """

    what: str
    of: str = ""


def expected(before: str) -> Expected:
    """Say what may come next, after what stands of a condition before the word that is being typed."""
    tokens = _TOKEN.findall(before)
    if not tokens:
        return Expected("condition")
    last = tokens[-1]
    opened = _open(tokens)
    if opened is not None:
        found = _within(tokens, opened)
        if found is not None:
            return found
    if last in _BEGINS:
        return Expected("condition")
    if last in _COMPARES:
        fact = tokens[-2] if len(tokens) > 1 else ""
        return Expected("option", fact) if _is_name(fact) else Expected("fact")
    if last == "in":
        return Expected("holding", tokens[-2] if len(tokens) > 1 else "")
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", last):
        return Expected("unit")
    if _is_name(last):
        return Expected("after", last)
    return Expected("after") if last in {")", "]"} or last in _UNITS else Expected("nothing")


def _open(tokens: list[str]) -> int | None:
    """Give where the innermost bracket stands that is still open."""
    depth = 0
    for n in range(len(tokens) - 1, -1, -1):
        if tokens[n] in {")", "]"}:
            depth += 1
        elif tokens[n] in {"(", "["}:
            if not depth:
                return n
            depth -= 1
    return None


def _within(tokens: list[str], opened: int) -> Expected | None:
    """Say what may stand within a list of options or a function; None in brackets around conditions."""
    before = tokens[opened - 1] if opened else ""
    if tokens[opened] == "[":
        if tokens[-1] not in {"[", ","}:
            return Expected("nothing")
        if before == "in" and opened > 1:
            return Expected("option", tokens[opened - 2])
        # any(fact, [ …
        return Expected("option", tokens[opened - 2]) if before == "," and opened > 1 else Expected("nothing")
    if before in FUNCTIONS and before not in {"any_of", "all_of"}:
        inner = tokens[opened + 1 :]
        if not inner:
            return Expected("fact", before)
        return (
            Expected("options", inner[0])
            if before in {"any", "all"} and inner[-1] == ","
            else Expected("nothing")
        )
    return None


def _is_name(token: str) -> bool:
    return bool(token) and token[0].isalpha() and token not in RESERVED | {"is"}
