"""What was typed, read as an answer to the question that stands open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import did_you_mean
from goldenthread.walk import Misfit

if TYPE_CHECKING:
    from goldenthread.session import OptionView, Question

_RANGE = re.compile(r"(\d+)\s*-\s*(\d+)\Z")
_OWN = re.compile(r"own\s*[:=]\s*(.+)\Z", re.IGNORECASE | re.DOTALL)


def numbered(question: Question, *, every: bool = False) -> list[OptionView]:
    """Give the options in the order of their numbers on the screen.

    Offered and plain ones come first. Factors and diagnoses that nothing suggests can still be chosen, since the
    clinician decides; a goal or treatment that is held has no number, and has to be named.
    """
    first = list(question.offered)
    if every or not question.gated:
        first += [option for option in question.options if option not in first]
    return first


def read_answer(question: Question, text: str) -> Any:
    """Read what was typed as an answer. Raises Misfit, which says what can be typed here."""
    text = text.strip()
    if question.kind == "choice":
        return _one(question, text)
    if question.kind == "choices":
        return _several(question, text)
    if question.kind == "number":
        return _number(text)
    if question.kind == "acknowledge":
        return True
    if question.kind == "yes_no":
        return {"yes": True, "y": True, "1": True, "no": False, "n": False, "2": False}.get(
            text.lower(), text
        )
    return text


def _number(text: str) -> float | str:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(value) if value == int(value) else value


def _one(question: Question, word: str) -> str:
    options = numbered(question)
    if word.isdigit():
        if not 1 <= int(word) <= len(options):
            raise Misfit(f"there is no option {word}", f"they run from 1 to {len(options)}")
        return options[int(word) - 1].id
    wanted = word.lower()
    for option in question.options:
        if wanted in {option.id, option.label.lower()}:
            return option.id
    holding = [option.id for option in question.options if wanted and wanted in option.label.lower()]
    if len(holding) == 1:
        return holding[0]
    if len(holding) > 1:
        raise Misfit(f"“{word}” fits several options", "type the number of one")
    help_ = (
        did_you_mean(wanted, [o.id for o in question.options]) or f"type a number from 1 to {len(options)}"
    )
    raise Misfit(f"“{word}” is not an option here", help_)


def _several(question: Question, text: str) -> list[Any]:
    own = _OWN.match(text)
    if own:
        return [{"own": own[1].strip()}]
    chosen: list[Any] = []
    for part in _parts(text):
        span = _RANGE.match(part)
        if span:
            chosen += [_one(question, str(n)) for n in range(int(span[1]), int(span[2]) + 1)]
            continue
        inner = _OWN.match(part)
        chosen.append({"own": inner[1].strip()} if inner else _one(question, part))
    return list(dict.fromkeys(chosen)) if all(isinstance(c, str) for c in chosen) else chosen


def _parts(text: str) -> list[str]:
    if re.fullmatch(r"[\d\s,;-]+", text):
        return re.findall(r"\d+\s*-\s*\d+|\d+", text)
    return [part.strip() for part in re.split(r"[,;]", text) if part.strip()]


def read_score(text: str, items: int) -> dict[str, Any]:
    """Read a score: as many numbers as the instrument has items, or one total. Raises Misfit."""
    numbers = re.findall(r"-|\d+(?:\.\d+)?", text)
    if not numbers:
        raise Misfit(
            "a score is expected here",
            f"type {items} item scores, or one total" if items else "type the total",
        )
    values = [None if n == "-" else _number(n) for n in numbers]
    if len(values) == 1 and items != 1:
        return {"total": values[0]}
    if len(values) != items:
        raise Misfit(
            f"{len(values)} numbers were typed",
            f"type {items} item scores in order (- for one without an answer), or one total",
        )
    return {"items": values}
