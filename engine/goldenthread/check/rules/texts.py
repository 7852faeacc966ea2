"""K004: a text names something in {braces} that is no fact."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldenthread.check.rule import error
from goldenthread.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.diagnostics import Diagnostic
    from goldenthread.model import Library

_NAME = re.compile(r"\{([^{}]*)\}")
_ALWAYS = {"client", "item"}


def check(library: Library) -> Iterator[Diagnostic]:
    """Find names in texts that nothing can fill."""
    for node in library.nodes():
        for text in (node.ask, node.say, node.why, node.tell, node.decide):
            for name in _NAME.findall(text):
                if name not in library.facts and name not in _ALWAYS:
                    message = f"`{node.id}` says {{{name}}}, and there is no such role or fact"
                    yield error("K004", node.span, message, did_you_mean(name, [*library.roles, *_ALWAYS]))
