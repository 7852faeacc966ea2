"""Keys in the order in which the schemas list them; ids stay in the author's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goldenthread.author.script import Block

if TYPE_CHECKING:
    from collections.abc import Iterator


def arrange(block: Block, part: Any, whole: dict[str, Any]) -> None:
    """Put the keys of a block, and of all within it, in the order of its schema."""
    forms = list(_forms(part, whole))
    if block.is_map:
        here = {item.key for item in block.items}
        maps = [form for form in forms if "properties" in form or "additionalProperties" in form]
        form = max(maps, key=lambda form: len(here & form.get("properties", {}).keys()), default={})
        known = form.get("properties", {})
        places = {key: n for n, key in enumerate(known)}
        block.items.sort(key=lambda item: places.get(item.key or "", len(places)))
        others = form.get("additionalProperties")
        inner = [(item.value, known.get(item.key, others)) for item in block.items]
    else:
        listed = next((form["items"] for form in forms if "items" in form), None)
        inner = [(item.value, listed) for item in block.items]
    for value, form in inner:
        if isinstance(value, Block) and isinstance(form, dict):
            arrange(value, form, whole)


def _forms(part: Any, whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a part of a schema and all that it may be instead."""
    if not isinstance(part, dict):
        return
    yield part
    if "$ref" in part:
        yield from _forms(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
    for name in ("oneOf", "anyOf"):
        for form in part.get(name, ()):
            yield from _forms(form, whole)
