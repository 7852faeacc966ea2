"""A real browser for the tests of pages: Chromium, and axe-core in it."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext

PHONE, TABLET, DESKTOP = (390, 844), (820, 1180), (1280, 800)
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What can differ between light and dark."""
SIZES = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
}
"""What can differ between a phone and a desk; the rest of the rules read the same page again."""
STILL = "* { transition: none !important; animation: none !important; }"
RUN = """async (wanted) => {
  const found = await axe.run(document, {runOnly: wanted, resultTypes: ["violations"]});
  const node = (n) => [n.html.slice(0, 300), n.failureSummary];
  return found.violations.map((v) => [v.id, v.help, v.nodes.slice(0, 3).map(node)]);
}"""
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Those that serve, the best first: without a window around each page, a page takes a third of the time."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-default-browser-check",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the system's chromium, driven by playwright."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- heavy, and only some tests want it

    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "there is no chromium: `make test` installs it where apt-get can"
    # Playwright keeps an event loop in this thread, which Django would take for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open windows, as private ones that know nothing of each other. No request of theirs leaves the machine."""
    made: list[BrowserContext] = []
    strangers: list[str] = []
    errors: list[str] = []

    def window(size: tuple[int, int] = DESKTOP, **options: Any) -> BrowserContext:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce", **options
        )
        context.set_default_timeout(15_000)
        context.on("request", lambda r: None if _here(r.url) else strangers.append(r.url))
        context.on("weberror", lambda e: errors.append(str(e.error)))
        context.on("console", lambda m: errors.append(m.text) if _refused(m.text) else None)
        made.append(context)
        return context

    yield window
    for context in made:
        context.close()
    assert not strangers, "a page asked for something from elsewhere"
    assert not errors, "a script failed, or the policy of the page forbade it something"


def _here(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


def _refused(text: str) -> bool:
    return "Content Security Policy" in text


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def eventually(holds: Any, seconds: float = 10) -> Any:
    """Wait until something holds, and give it."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)
    return found
