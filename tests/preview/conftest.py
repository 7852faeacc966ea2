"""What the tests of the preview share: a library, a preview of it, and its page in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from previewing import Preview

from browsing import DESKTOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Give one preview that stays for all tests that leave it standing."""
    made = Preview(tmp_path_factory.mktemp("preview") / "own")
    made.begin_anew()
    yield made.start()
    made.stop()


@pytest.fixture
def preview(standing: Preview) -> Preview:
    """Give a preview of a small library laid over the shipped one, as it was at first."""
    standing.begin_anew()
    return standing


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Preview]:
    """Give a preview of its own, to be ended."""
    made = Preview(tmp_path / "own")
    made.begin_anew()
    yield made.start()
    made.stop()


@pytest.fixture
def shown(preview: Preview, browse: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open the page of the preview, at the author's own flowchart, in a window of its own."""

    def opened(size: tuple[int, int] = DESKTOP, *, at: Preview = preview, **options: object) -> Page:
        page = browse(size, **options).new_page()
        page.goto(at.link)
        page.wait_for_selector(".view svg")
        return page

    return opened
