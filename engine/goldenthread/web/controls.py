"""An answer as the fields of a form, and the fields as an answer.

`Fields` are what a form sends: a list of texts by name. They are drawn from an answer that stands, kept while they
are being filled, and read as the answer once they are sent.
"""

from __future__ import annotations

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


def first(fields: Fields, name: str) -> str:
    """Give the first text of a field, or nothing."""
    found = fields.get(name) or ("",)
    return found[0].strip()


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
    return {"answer": [f"{value:g}" if isinstance(value, float) else str(value)]}


def _yes_no(value: Any) -> dict[str, list[str]]:
    return {"answer": ["yes" if value is True or str(value).lower() == "yes" else "no"]}


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
    return fields | {"answer": chosen, "first": chosen[:1]}


def _measure(value: Any) -> dict[str, list[str]]:
    if not isinstance(value, Mapping):
        return {"total": [str(value)]}
    fields: dict[str, list[str]] = {}
    for name, part in value.items():
        if name == "items":
            fields |= {f"item_{n}": ["" if v is None else f"{v:g}"] for n, v in enumerate(part, 1)}
        elif not isinstance(part, Mapping):
            fields["taken" if name == "date" else name] = [str(part)]
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
    """Put date, source and note beside an answer."""
    said = {name: first(fields, f"beside_{name}") for name in BESIDE}
    kept = {name: text for name, text in {**more, **{k: v for k, v in said.items() if v}}.items() if text}
    if not kept or (isinstance(raw, Mapping) and ("total" in raw or "items" in raw)):
        return raw
    if isinstance(raw, Mapping) and status(raw):
        return {**raw, **kept}
    return {"value": raw, **kept}


def _number(text: str) -> Any:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _read_duration(fields: Fields) -> str:
    amount = first(fields, "amount").replace(",", ".")
    if not amount:
        raise Misfit("how long is not filled in", "give a number, and choose days, weeks, months or years")
    if not re.fullmatch(r"\d+(\.\d+)?", amount):
        return amount
    return f"{amount} {first(fields, 'unit') or 'weeks'}"


def _read_choices(question: Question, fields: Fields) -> Any:
    chosen = [option for option in fields.get("answer", ()) if option]
    main = first(fields, "first")
    if question.ranked and main in chosen:
        chosen = [main, *(option for option in chosen if option != main)]
    texts = fields.get("own_example", ())
    own = [
        _with_example({"own": words.strip()}, texts[n] if n < len(texts) else "")
        for n, words in enumerate(fields.get("own", ()))
        if words.strip()
    ]
    if not question.example:
        return [*chosen, *own]
    if not own:
        return {option: first(fields, f"example_{option}") or True for option in chosen}
    return [*(_with_example({"option": o}, first(fields, f"example_{o}")) for o in chosen), *own]


def _with_example(item: dict[str, str], text: str) -> dict[str, str]:
    return {**item, "example": text.strip()} if text.strip() else item


def _read_measure(instrument: Instrument, fields: Fields) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    items = [first(fields, f"item_{n}") for n in range(1, instrument.items + 1)]
    risky = {item.item for item in instrument.risk}
    if any(text for n, text in enumerate(items, 1) if n not in risky) or (
        items and all(items) and not first(fields, "total")
    ):
        raw["items"] = [_number(text) if text else None for text in items]
    elif first(fields, "total"):
        raw["total"] = _number(first(fields, "total"))
        for n in sorted(risky):
            text = first(fields, f"item_{n}")
            raw[f"item_{n}"] = _number(text) if text else {"not_known": True}
        if first(fields, "scale"):
            raw["scale"] = first(fields, "scale")
    else:
        raise Misfit("no score is filled in", "fill in the items, or the total")
    if first(fields, "taken"):
        raw["date"] = first(fields, "taken")
    return raw
