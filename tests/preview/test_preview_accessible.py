"""Every page of the preview, light and dark, on a phone and a desk: axe-core finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from previewing import TALK

from browsing import AXE, COLOURS, DESKTOP, EVERYTHING, PHONE, RUN, STILL

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from previewing import Preview

PAGES = (
    "",
    "flowcharts/talk",
    "flowcharts/talk?node=opening",
    "flowcharts/talk/nowhere",
    "flowcharts/tolk",
    "flowcharts/old?node=how_often",
    "flowcharts/risk?node=immediate_danger",
    "vignettes",
    "codes/C002",
    "nowhere",
)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_runs_over_the_side(
    size: tuple[int, int], preview: Preview, shown: Callable[..., Page]
) -> None:
    other = TALK.replace("flowchart: talk", "flowchart: old").replace("number: 40", "number: 41")
    preview.save(other, "flowcharts/old.yaml")
    page = shown(size, bypass_csp=True)
    page.locator("#list a", has_text="41").wait_for()
    preview.save(
        TALK.replace("when: opening", "when: openning").replace("between: [0, 50]", "between: [50, 0]")
    )
    preview.save(other.replace("end: Nothing happens", "ende: Nothing happens"), "flowcharts/old.yaml")
    page.wait_for_selector("#list .tag.held")
    found = {}
    for address in PAGES:
        page.goto(preview.home + address)
        page.add_style_tag(content=STILL)
        page.evaluate(AXE)
        seen = []
        for scheme, wanted in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            seen += page.evaluate(RUN, wanted)
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        if wide := page.evaluate(over):
            seen.append(f"{wide} pixels run over the side")
        if seen:
            found[address] = seen
    assert not found, "\n".join(f"{address}: {seen}" for address, seen in found.items())
