"""What the tests of the preview share: a library, a preview of it, and its page in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from previewing import TALK, VIGNETTE, Preview

from browsing import DESKTOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """Give a preview of a small library laid over the shipped one."""
    made = Preview(tmp_path / "own")
    made.save(TALK)
    made.save(VIGNETTE, "flowcharts/vignettes/often.yaml")
    yield made.start()
    made.stop()


@pytest.fixture
def shown(preview: Preview, browse: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open the page of the preview, at the author's own flowchart, in a window of its own."""

    def opened(size: tuple[int, int] = DESKTOP, **options: object) -> Page:
        page = browse(size, **options).new_page()
        page.goto(preview.link)
        page.wait_for_selector(".view svg")
        return page

    return opened
