"""K004: a text names something in {braces} that is no fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.check.rule import at, error
from goldenthread.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.check.rule import Finding
    from goldenthread.model import Alert, Library, Node

_NAME = re.compile(r"\{([^{}]*)\}")
_ALWAYS = ("client", "item")
_KEYS = ("ask", "say", "why", "tell", "decide")


def check(library: Library) -> Iterator[Finding]:
    """Find names in texts that nothing can fill."""
    for node in library.nodes():
        for key in _KEYS:
            yield from _names(library, node, key, getattr(node, key))
    for alert in library.alerts.values():
        yield from _names(library, alert, "text", alert.text)


def _names(library: Library, thing: Node | Alert, key: str, text: str) -> Iterator[Finding]:
    if "{" not in text:
        return
    for name in dict.fromkeys(_NAME.findall(text)):
        if name not in library.facts and name not in _ALWAYS:
            message = f"`{thing.id}` says {{{name}}}, and there is no such role or fact"
            help_ = did_you_mean(name, [*library.roles, *_ALWAYS])
            where = at(thing, key, part=f"{{{name}}}")
            yield error("K004", where, message, help_ or "name a role, `flowchart.node`, client or item")
