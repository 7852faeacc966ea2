"""`goldenthread bank`: the entries of the bank, or one in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import (
    CONTEXT,
    emit,
    format_option,
    library_options,
    load_library,
    styled,
    unknown,
)
from goldenthread.cli.layout import count, heading, named, rows, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goldenthread.model import Entry, Library

_APART = frozenset({"id", "kind", "name", "file", "line", "review", "sources", "basis"})
_LONGEST = 200
_LONG_ITEM = 40
_SILENT_AT_ONE = frozenset({"multiplier", "step"})


@click.command("bank", context_settings=CONTEXT)
@click.argument("kind", required=False)
@click.argument("id_", metavar="[ID]", required=False)
@format_option("text", "json")
@library_options
def command(**options: Any) -> None:
    """List the entries of the bank, or those of one KIND, or show one in full.

    \b
        goldenthread bank
        goldenthread bank modalities
        goldenthread bank modalities cbt_panic

    The kinds are roles, diagnoses, factors, interventions, modalities, instruments, goals, alerts,
    obligations, requirements and references.
    """  # noqa: D301 -- click reads the character that keeps lines as they are
    _run(**options)


def _run(*, kind: str | None, id_: str | None, format_: str, libraries: Sequence[Path], only: bool) -> None:
    library = load_library(libraries, only)
    from goldenthread.cli.plain import named_entry  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.model import KINDS  # noqa: PLC0415 -- as above

    if kind is not None and kind not in KINDS:
        found = next((entry for entry in library.entries() if entry.id == kind), None)
        if found is None or id_ is not None:
            unknown("kind of entry", kind, KINDS)
        kind, id_ = found.kind, found.id
    if id_ is not None and kind is not None:
        entries = library.bank(kind)
        if id_ not in entries:
            unknown(f"entry of the {kind}", id_, entries, f"`goldenthread bank {kind}` lists them")
        chosen: list[Entry] = [entries[id_]]
    else:
        chosen = [entry for each in ([kind] if kind else KINDS) for entry in library.bank(each).values()]
    if format_ == "json":
        emit({"count": len(chosen), "entries": [named_entry(entry) for entry in chosen]})
    elif id_ is not None:
        click.echo(_in_full(library, chosen[0]))
    else:
        click.echo(_listed(chosen))


def _listed(entries: Sequence[Entry]) -> str:
    from goldenthread.session.entries import name_of  # noqa: PLC0415 -- as above

    out: list[str] = []
    kinds = dict.fromkeys(entry.kind for entry in entries)
    for kind in kinds:
        own = [entry for entry in entries if entry.kind == kind]
        out.append(heading(f"{kind.capitalize()} ({len(own)})"))
        out += rows([(entry.id, _short(getattr(entry, "text", "") or name_of(entry))) for entry in own])
        out.append("")
    out.append(f"{count(len(entries), 'entry', 'entries')}. `goldenthread bank KIND ID` shows one in full.")
    return "\n".join(out)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _in_full(library: Library, entry: Entry) -> str:
    from goldenthread.cli.plain import named_entry  # noqa: PLC0415 -- as above
    from goldenthread.model import Advisable  # noqa: PLC0415 -- as above
    from goldenthread.session.entries import RULES, name_of, rules_of  # noqa: PLC0415 -- as above

    data = named_entry(entry)
    out = [heading(name_of(entry)) if len(name_of(entry)) < _LONGEST else wrap(name_of(entry))]
    state = entry.review.status + (f" by {entry.review.by}" if entry.review.by else "")
    out.append(
        styled(
            f"{entry.id} · one of the {entry.kind} · {state} · {entry.span.file}:{entry.span.line}", dim=True
        )
    )
    rules = list(rules_of(entry)) if isinstance(entry, Advisable) else []
    hidden = _APART | {verb for verb, _ in rules}
    for key, value in data.items():
        if key not in hidden and not key.endswith("_in_words") and value != data["name"]:
            out += _field(library, key, data.get(f"{key}_in_words", value))
    for verb in dict.fromkeys(verb for verb, _ in rules):
        out += ["", heading(RULES[verb])]
        for each, rule in rules:
            if each == verb:
                out += _rule(library, rule)
    out += _sources(library, entry, 2)
    return "\n".join(out)


def _field(library: Library, key: str, value: Any, indent: int = 2) -> list[str]:
    """Lay out what stands under a key: a line, a list, or lines of its own."""
    word = key.replace("_", " ").capitalize() if indent == 2 else key
    head = " " * indent + styled(f"{word}:", dim=True)
    if isinstance(value, dict):
        if key == "options":
            labels = {
                name: option.get("label", "") if isinstance(option, dict) else option
                for name, option in value.items()
            }
            return [head, *rows(list(labels.items()), indent + 2)]
        return [
            head,
            *(line for name, inner in value.items() for line in _field(library, name, inner, indent + 2)),
        ]
    if not isinstance(value, list):
        return (
            []
            if value is False or (key in _SILENT_AT_ONE and value == 1)
            else [named(word, _scalar(value), indent)]
        )
    words = [_one_line(library, item) for item in value]
    if any(isinstance(item, dict | list) for item in value) or any(len(item) > _LONG_ITEM for item in words):
        return [head, *(wrap(item, indent + 4, " " * (indent + 2) + "- ") for item in words)]
    return [named(word, (" to " if key.endswith("between") else ", ").join(words), indent)]


def _one_line(library: Library, item: Any) -> str:
    if isinstance(item, dict) and "ref" in item:
        reference = library.references.get(item["ref"])
        return f"{reference.cite() if reference else item['ref']}, {item['at']}: {item['says']}"
    if isinstance(item, dict):
        parts = [f"{key} {_one_line(library, inner)}" for key, inner in item.items()]
        return "; ".join(parts)
    if isinstance(item, list):
        return ", ".join(_one_line(library, inner) for inner in item)
    return _scalar(item)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _rule(library: Library, rule: Any) -> list[str]:
    words = rule.when.say()
    out = [wrap(words[0].upper() + words[1:], 4, "  - "), wrap(rule.because, 4)]
    if hasattr(rule, "strength"):
        first = "; comes first" if rule.first else ""
        out.append(wrap(f"Strength {rule.strength}, certainty {rule.certainty}{first}.", 4))
    return out + _sources(library, rule, 4)


def _sources(library: Library, holder: Any, indent: int) -> list[str]:
    from goldenthread.session.entries import said  # noqa: PLC0415 -- as above

    out = [named("Source", said(library, source), indent) for source in holder.sources]
    if holder.basis and not holder.sources:
        out.append(named("Basis", holder.basis.replace("_", " "), indent))
    return out
