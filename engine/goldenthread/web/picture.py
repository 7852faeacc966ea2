"""Flowcharts drawn for a page, each box a link to what can be read about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe

from goldenthread.draw import on_page
from goldenthread.draw.diagram import COPY
from goldenthread.draw.page import box_id
from goldenthread.web.shelf import node_href

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from goldenthread.model import Library

PREFIX = "box-"


def picture(library: Library, chart: str, *, chosen: str = "", path: Sequence[str] = ()) -> SafeString:
    """Draw a flowchart; a chosen box is marked, and a path is laid over."""
    drawn = on_page(library, chart, links=_box_href, prefix=PREFIX, path=path)
    at = f'id="{escape(box_id(PREFIX, chosen))}" class="'
    # The room that draws escapes every word of the content.
    return mark_safe(drawn.replace(at, f'aria-current="true" {at}chosen ', 1))  # noqa: S308


def overview(library: Library) -> SafeString:
    """Draw how the flowcharts lead into each other."""
    drawn = on_page(library, "overview", links=_chart_href, prefix=PREFIX)
    return mark_safe(drawn)  # noqa: S308 -- as above


def _chart_href(box: str) -> str:
    """Give where a box of the overview leads: to its flowchart, or to the one that an alert opens."""
    return reverse("flowchart", args=[box.rpartition("/")[2]])


def _box_href(box: str) -> str:
    """Give where a box leads: a step to its page, an alert to the flowchart that it opens, a way in nowhere."""
    key, opens, chart = box.partition(COPY)[0].partition("/opens/")
    if opens:
        return reverse("flowchart", args=[chart])
    return "" if "/" in key else node_href(key)
