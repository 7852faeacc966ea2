"""The picture in the guide can be made again, and shows what the guide says."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

from browsing import DESKTOP

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"


def size(picture: Path) -> tuple[int, ...]:
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return struct.unpack(">II", head[16:])


def test_the_picture_of_the_guide_can_be_made_again(tmp_path: Path) -> None:
    made = tmp_path / "preview.png"
    # In a process of its own: this one may drive a browser already.
    subprocess.run([sys.executable, str(HERE / "screenshot.py"), str(made)], check=True)  # noqa: S603 -- our own program
    assert size(made) == size(DOCS / "preview.png") == DESKTOP
    assert "(preview.png)" in (DOCS / "authoring.md").read_text(encoding="utf-8")
