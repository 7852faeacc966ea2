"""An answer as the fields of a form, and the fields as an answer.

`Fields` are what a form sends: a list of texts by name. They are drawn from an answer that stands, kept while they
are being filled, and read as the answer once they are sent.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from goldenthread.walk import Misfit, bare, beside, examples, option_named, own_words, status
from goldenthread.web import goal_fields

if TYPE_CHECKING:
    from goldenthread.model import Instrument
    from goldenthread.session import Question

Fields = Mapping[str, Sequence[str]]
BESIDE = ("date", "source", "note")
UNITS = ("days", "weeks", "months", "years")
_DURATION = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*([a-z]+?)s?\s*\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_LONGEST = 40
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def first(fields: Fields, name: str) -> str:
    """Give the first text of a field, or nothing."""
    found = fields.get(name) or ("",)
    return found[0].strip()


def sent(text: str) -> str:
    """Give what was typed, with line breaks as they are kept: a browser sends each as two characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


# From an answer to fields


def to_fields(question: Question, raw: Any) -> dict[str, list[str]]:
    """Give the fields that an answer fills; none where nothing was answered, or it was left open."""
    if raw is None:
        return {}
    fields = {f"beside_{name}": [str(text)] for name, text in beside(raw).items() if name in BESIDE and text}
    value = bare(raw)
    if status(raw) or value is None:
        return fields
    return fields | _FILL.get(question.kind, _plain)(value)


def _plain(value: Any) -> dict[str, list[str]]:
    return {"answer": [_written(value)]}


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _yes_no(value: Any) -> dict[str, list[str]]:
    return {"answer": ["yes" if value is True or str(value).strip().lower() in {"yes", "y"} else "no"]}


def _duration(value: Any) -> dict[str, list[str]]:
    match = _DURATION.match(str(value))
    if match is None:
        return {"amount": [str(value)]}
    return {"amount": [match[1]], "unit": [f"{match[2].lower()}s"]}


def _choices(value: Any) -> dict[str, list[str]]:
    items = [value] if isinstance(value, str) else value
    chosen = [name for item in items if (name := option_named(item))]
    shown = {option: [text] for option, text in examples(items).items()}
    own = own_words(items)
    fields = {f"example_{option}": text for option, text in shown.items() if option not in own}
    if own:
        fields |= {"own": list(own.values()), "own_example": [shown.get(name, [""])[0] for name in own]}
    in_order = [option_named(item) or "own_1" for item in items]
    return fields | {"answer": chosen, "first": in_order[:1]}


def _measure(value: Any) -> dict[str, list[str]]:
    if not isinstance(value, Mapping):
        return {"total": [str(value)]}
    fields: dict[str, list[str]] = {}
    for name, part in value.items():
        if name == "items":
            fields |= {f"item_{n}": ["" if v is None else _written(v)] for n, v in enumerate(part, 1)}
        elif not isinstance(part, Mapping):
            fields["taken" if name == "date" else name] = [_written(part)]
    return fields


_FILL = {
    "yes_no": _yes_no,
    "duration": _duration,
    "choices": _choices,
    "measure": _measure,
    "goals": goal_fields.to_fields,
}


# From fields to an answer


def from_fields(question: Question, fields: Fields, instrument: Instrument | None = None) -> Any:
    """Read fields as the answer to a question. Raises Misfit, which says what is expected."""
    if question.kind == "acknowledge":
        return True
    if question.kind == "goals":
        return goal_fields.from_fields(fields)
    if question.kind == "choices":
        return _read_choices(question, fields)
    if question.kind == "duration":
        return _read_duration(fields)
    if question.kind == "measure" and instrument is not None:
        return _read_measure(instrument, fields)
    text = first(fields, "answer")
    if not text:
        raise Misfit("nothing was answered yet", "answer, or press Later, Not known or Declined")
    if question.kind == "yes_no":
        return {"yes": True, "no": False}.get(text, text)
    return _number(text) if question.kind == "number" else text


def with_beside(raw: Any, fields: Fields, **more: str) -> Any:
    """Put date, source and note beside an answer. Raises Misfit for a date that is none."""
    said = {name: text for name in BESIDE if (text := first(fields, f"beside_{name}"))}
    if more.get("note") and said.get("note"):
        said["note"] = f"{more['note']}; {said['note']}"
    kept = {name: text for name, text in {**more, **said}.items() if text}
    if "date" in kept:
        _must_be_a_day(kept["date"])
    if not kept or (isinstance(raw, Mapping) and ("total" in raw or "items" in raw)):
        return raw
    if isinstance(raw, Mapping) and status(raw):
        return {**raw, **kept}
    return {"value": raw, **kept}


def _must_be_a_day(text: str) -> str:
    try:
        # Python reads shorter forms, too, which do not sort by their letters.
        datetime.date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise Misfit(f"`{text[:40]}` is not a date", "write it as 2026-01-31") from None
    return text


def _number(text: str) -> Any:
    if not _NUMBER.fullmatch(text):
        return text
    if text.lstrip("+-").isdecimal():
        return int(text) if len(text) < _LONGEST else text
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _read_duration(fields: Fields) -> str:
    amount = first(fields, "amount").replace(",", ".")
    if not amount:
        raise Misfit("how long is not filled in", "give a number, and choose days, weeks, months or years")
    if not re.fullmatch(r"\d+(\.\d+)?", amount):
        return amount
    unit = first(fields, "unit") or "weeks"
    return f"{amount} {unit.removesuffix('s') if amount == '1' else unit}"


def _read_choices(question: Question, fields: Fields) -> Any:
    chosen = [option for option in fields.get("answer", ()) if option]
    texts = fields.get("own_example", ())
    own = {
        f"own_{n}": _with_example({"own": words.strip()}, texts[n - 1] if n <= len(texts) else "")
        for n, words in enumerate(fields.get("own", ()), 1)
        if words.strip()
    }
    if question.example and not own:
        return {option: first(fields, f"example_{option}") or True for option in chosen}
    made: dict[str, Any] = {option: option for option in chosen}
    if question.example:
        made = {o: _with_example({"option": o}, first(fields, f"example_{o}")) for o in chosen}
    made |= own
    main = first(fields, "first")
    if question.ranked and main in made:
        made = {main: made[main]} | made
    return list(made.values())


def _with_example(item: dict[str, str], text: str) -> dict[str, str]:
    return {**item, "example": text.strip()} if text.strip() else item


def _read_measure(instrument: Instrument, fields: Fields) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    items = [first(fields, f"item_{n}") for n in range(1, instrument.items + 1)]
    risky = {item.item for item in instrument.risk}
    by_items = any(text for n, text in enumerate(items, 1) if n not in risky)
    total = first(fields, "total")
    if by_items and total:
        raise Misfit(
            "both items and a total are filled in", "clear the total, or every item that it does not need"
        )
    if by_items or (items and all(items) and not total):
        raw["items"] = [_number(text) if text else None for text in items]
    elif total:
        raw["total"] = _number(total)
        for n in sorted(risky):
            text = first(fields, f"item_{n}")
            raw[f"item_{n}"] = _number(text) if text else {"not_known": True}
        if first(fields, "scale"):
            raw["scale"] = first(fields, "scale")
    else:
        raise Misfit("no score is filled in", "fill in the items, or the total")
    if first(fields, "taken"):
        raw["date"] = _must_be_a_day(first(fields, "taken"))
    return raw
