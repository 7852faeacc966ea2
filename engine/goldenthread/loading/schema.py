"""Does a file have the form that its schema asks for? A fast check first, words where something is wrong."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic, Span, did_you_mean
from goldenthread.loading.files import schemas
from goldenthread.model import KINDS as BANK_KINDS

if TYPE_CHECKING:
    from goldenthread.source import Tree

KINDS = ("flowchart", *BANK_KINDS, "vignette", "answers", "case")


@cache
def schema(kind: str) -> dict[str, Any]:
    """Give the schema of a kind of file, with the shared parts inside."""
    text = (schemas() / f"{kind}.schema.json").read_text(encoding="utf-8")
    shared = json.loads((schemas() / "common.schema.json").read_text(encoding="utf-8"))
    whole: dict[str, Any] = json.loads(text.replace("common.schema.json#/$defs/", "#/$defs/"))
    whole["$defs"] = shared["$defs"]
    whole.pop("$id", None)
    return whole


@cache
def _fast(kind: str) -> Any:
    import jsonschema_rs  # noqa: PLC0415 -- imported when a file is first read

    return jsonschema_rs.Draft202012Validator(schema(kind), validate_formats=True)


@cache
def _fast_part(kind: str) -> Any:
    import jsonschema_rs  # noqa: PLC0415 -- as above

    whole = schema(kind)
    part = {**whole["properties"][_parts(kind)], "$defs": whole["$defs"]}
    return jsonschema_rs.Draft202012Validator(part, validate_formats=True)


@cache
def _worded(kind: str) -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 -- heavy, and needed only when something is wrong

    return Draft202012Validator(schema(kind), format_checker=Draft202012Validator.FORMAT_CHECKER)


def kind_of(tree: Tree) -> tuple[str, list[Diagnostic]]:
    """Give the kind of a file, which its first key says; empty where it says none."""
    first = next(iter(tree.data))
    if first in KINDS:
        return first, []
    elsewhere = next((key for key in tree.data if key in KINDS), "")
    help_ = f"move `{elsewhere}:` to the top" if elsewhere else did_you_mean(first, KINDS)
    if not help_:
        help_ = "begin with one of: " + ", ".join(f"`{kind}:`" for kind in KINDS)
    message = f"the first key says what the file is; `{first}` says nothing known"
    return "", [Diagnostic("error", "F005", message, tree.key(tree.data, first), help_)]


def fits(data: Any, kind: str) -> bool:
    """Say whether data has the form of its kind."""
    return bool(_fast(kind).is_valid(data))


def broken_parts(data: dict[str, Any], kind: str) -> list[Any]:
    """Give the ids of the entries, or of a flowchart's nodes, that do not have the form they should."""
    held = data.get(_parts(kind))
    if not isinstance(held, dict):
        return []
    valid = _fast_part(kind).is_valid
    return [id_ for id_, part in held.items() if not valid({id_: part})]


def _parts(kind: str) -> str:
    return "nodes" if kind == "flowchart" else "entries"


def _at_fault(data: dict[str, Any], kind: str) -> dict[str, Any]:
    """Leave out the entries or nodes that are sound, but for one: to find words for a fault takes long."""
    held = data.get(_parts(kind))
    if kind not in {"flowchart", *BANK_KINDS} or not isinstance(held, dict):
        return data
    broken = broken_parts(data, kind)
    kept = {id_: held[id_] for id_ in broken} or dict(list(held.items())[:1])
    return {**data, _parts(kind): kept}


def check_form(tree: Tree, kind: str) -> list[Diagnostic]:
    """Give what does not fit the schema, each at its place."""
    if fits(tree.data, kind):
        return []
    from goldenthread.loading.wording import Wording  # noqa: PLC0415 -- needed only when something is wrong

    found = Wording(tree, schema(kind)).describe(_worded(kind).iter_errors(_at_fault(tree.data, kind)))
    return found or [
        Diagnostic("error", "F003", "this file does not fit its schema", Span(tree.file, 1, 1, 2))
    ]
