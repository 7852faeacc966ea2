"""A flowchart drawn for the page: each box a link to its step, those with findings marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from goldenthread.draw import LayoutError, on_page
from goldenthread.draw.page import box_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.safestring import SafeString

    from goldenthread.model import Library

PREFIX = "box-"
_MARKS = {"error": ("faulty", "Error. "), "warning": ("warned", "Warning. "), "note": ("warned", "Note. ")}


def picture(library: Library, chart: str, levels: Mapping[str, str], chosen: str) -> SafeString:
    """Draw a flowchart. `levels` says by node how grave its gravest finding is; `chosen` is a node."""
    drawn = _drawn(library, chart, _href)
    for node, level in levels.items():
        look, word = _MARKS[level]
        drawn = _marked(drawn, f"{chart}.{node}", look, word)
    if chosen:
        drawn = _marked(drawn, f"{chart}.{chosen}", "chosen", "")
        drawn = drawn.replace('class="chosen ', 'aria-current="true" class="chosen ', 1)
    # The room that draws escapes every word of the content.
    return mark_safe(drawn)  # noqa: S308


def overview(library: Library) -> SafeString:
    """Draw how the flowcharts lead into each other."""
    return mark_safe(_drawn(library, "overview", _chart_href))  # noqa: S308 -- as above


def _drawn(library: Library, what: str, links: Callable[[str], str]) -> str:
    try:
        return on_page(library, what, links=links, prefix=PREFIX)
    except LayoutError as error:
        return f'<p class="hint">{escape(error)}</p>'


def _marked(drawn: str, key: str, look: str, word: str) -> str:
    """Give a box one more class, and a word before what is read out."""
    box = re.escape(f'id="{escape(box_id(PREFIX, key))}" ')
    return re.sub(
        rf'({box}[^>]*?class=")([^"]*" aria-label=")', lambda m: f"{m[1]}{look} {m[2]}{word}", drawn, count=1
    )


def _chart_href(box: str) -> str:
    """Give where a box of the overview leads: to its flowchart, or to the one that an alert opens."""
    return reverse("flowchart", args=[box.rpartition("/")[2]])


def _href(box: str) -> str:
    """Give where a box leads: a step to what can be read of it, an alert to the flowchart that it opens."""
    key, opens, opened = box.partition("/opens/")
    if opens:
        return reverse("flowchart", args=[opened])
    chart, dot, node = key.partition(".")
    return reverse("step", args=[chart, node]) if dot and "/" not in key else ""
