"""Makes docs/preview.png: the preview of the library that docs/authoring.md writes, with its misspelt name.

.venv/bin/python tests/preview/screenshot.py docs/preview.png
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from playwright.sync_api import sync_playwright  # noqa: E402 -- run as a program, it has to find its helpers first
from previewing import Preview  # noqa: E402 -- as above

from browsing import BROWSERS, DESKTOP, FLAGS  # noqa: E402 -- as above

GUIDE = HERE.parents[1] / "docs" / "authoring.md"


def shoot(output: Path) -> None:
    """Write the picture."""
    guide = GUIDE.read_text(encoding="utf-8")
    (text,) = re.findall(
        r"^```yaml\n(# yaml-language[^\n]*\nflowchart: .*?)^```", guide, re.DOTALL | re.MULTILINE
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        preview = Preview(Path(folder) / "sleep_clinic")
        preview.save(text, "flowcharts/sleep_clinic.yaml")
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None), args=list(FLAGS)
        )
        try:
            width, height = DESKTOP
            page = browser.new_page(viewport={"width": width, "height": height}, locale="en-GB")
            page.goto(preview.start().link)
            page.click("a.node[href$='/wakes']")
            page.wait_for_selector("#detail h2")
            page.mouse.move(0, height - 1)
            page.evaluate("document.activeElement.blur()")
            page.screenshot(path=output)
        finally:
            browser.close()
            preview.stop()


if __name__ == "__main__":
    shoot(Path(sys.argv[1]))
