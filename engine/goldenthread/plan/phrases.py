"""Small words that every format shares: sentences, days, quotation, what a goal is called in passing."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from goldenthread.advise import NOT_KNOWN, not_known_lead
from goldenthread.language import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from goldenthread.plan.goals import GoalLine

_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_OPEN_NAME = re.compile(r"\s*\(\{[a-z][a-z0-9_.]*\}\)|:\s*\{[a-z][a-z0-9_.]*\}|\{[a-z][a-z0-9_.]*\}")
_KIND_FIRST = re.compile(r"^([a-z][a-z ]{2,30}): ")
_CLOSING = "”\"'’)]"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def clean(text: str) -> str:
    """Give a text on one line, without control characters and without names that were never filled."""
    if not text.isprintable():
        spaced = "".join(" " if char.isspace() else char for char in text)
        text = "".join(char for char in spaced if unicodedata.category(char)[0] != "C")
    if "{" in text:
        text = _OPEN_NAME.sub(lambda match: "this" if match[0].startswith("{") else "", text)
    return " ".join(dated(text).split())


def cap(text: str) -> str:
    """Give a text with a capital at its front."""
    text = clean(text)
    return text[:1].upper() + text[1:]


def full(text: str) -> str:
    """Give a text as a sentence: a capital at the front, one stop at the end."""
    text = cap(text)
    if not text:
        return ""
    end = text.rstrip(_CLOSING)[-1:]
    if end in {".", "!", "?", "…"}:
        return text
    return text.rstrip(",;:") + "."


def minded(cautions: Iterable[str]) -> list[str]:
    """Give what to mind, on one line, and on another what may not apply, since that is not known."""
    known: list[str] = []
    open_: list[str] = []
    for text in cautions:
        (open_ if text.startswith(NOT_KNOWN) else known).append(full(text.removeprefix(NOT_KNOWN)))
    lines = [("Mind", known), (not_known_lead(len(open_)), open_)]
    return [f"{head}: {' '.join(dict.fromkeys(found))}" for head, found in lines if found]


def bare(text: str) -> str:
    """Give a text that goes on inside a sentence: without the stop at its end."""
    text = clean(text)
    return text[:-1].rstrip() if text.endswith((".", ";", ",")) and not text.endswith("..") else text


def quoted(text: str) -> str:
    """Give somebody's own words in quotation marks; those inside become single ones."""
    text = clean(text)
    inside = text[1:-1]
    if text[:1] in {'"', "“"} and text[-1:] in {'"', "”"} and not any(mark in inside for mark in '"“”'):
        text = inside
    text = re.sub(r'"([^"]*)"', r"‘\1’", text).replace("“", "‘").replace("”", "’")
    return f"“{text}”"


def pair(label: str, answer: str) -> str:
    """Say a label and its answer with one colon: `Acute states: none; each was asked about`."""
    said = _KIND_FIRST.sub(r"\1; ", clean(answer))
    return full(f"{cap(label.removeprefix('the '))}: {said}")


def day(iso: str) -> str:
    """Give a date as people write it: `2 March 2026`; what is no date as it stands."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def dated(text: str) -> str:
    """Give a text with its dates as people write them."""
    return _ISO_DAY.sub(lambda match: day(match[0]), text)


def joined(words: Iterable[str]) -> str:
    """Join words as English does, each once; by semicolons where one holds a comma."""
    found = list(dict.fromkeys(bare(word) for word in words if word.strip()))
    if len(found) > 1 and any("," in word for word in found):
        return "; ".join(found)
    return join(found)


def counted(n: int, word: str) -> str:
    """Say how many: `1 goal`, `3 goals`."""
    return f"{n} {word}" if n == 1 else f"{n} {'diagnoses' if word == 'diagnosis' else word + 's'}"


def codes(given: Mapping[str, Sequence[object]]) -> str:
    """Give a diagnosis's codes in words."""
    names = {"icd10cm": "ICD-10-CM", "icd11": "ICD-11"}
    return "; ".join(
        f"{names.get(k, k)} {', '.join(str(c) for c in found)}" for k, found in given.items() if found
    )


def goal_name(n: int, goal: GoalLine) -> str:
    """Call a goal by its number and name: `goal 1 (Go out without the safety aid)`."""
    return f"goal {n} ({bare(goal.name)})" if goal.name else f"goal {n}"
