"""Makes docs/gallery/: a small picture of each kind of sheet, by the commands that docs/gallery.md shows.

.venv/bin/python tests/print/pictures.py
"""

from __future__ import annotations

import re
import shlex
import struct
import tempfile
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from click.testing import CliRunner

from goldenthread.cli import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "gallery.md"
DATE = "2026-01-15"
WIDTH = 420

_SHOWN = re.compile(r"!\[[^\]]+\]\((gallery/[\w-]+\.png)\)\n\n```console\n\$ goldenthread (.+)\n```")
_NUMBERED = re.compile(r"^(?P<sheet>.+?)(?:-page-(?P<number>\d+))?$")


class Shown(NamedTuple):
    """A picture of the page, and the command that prints its sheet."""

    picture: Path
    words: list[str]

    @property
    def page(self) -> int:
        """Give which page is shown: that which the name of the picture ends on, or the first."""
        number = _NUMBERED.fullmatch(self.picture.stem)["number"]
        return int(number or 1)


def shown() -> list[Shown]:
    """Read the page."""
    text = PAGE.read_text(encoding="utf-8")
    return [Shown(PAGE.parent / picture, shlex.split(command)) for picture, command in _SHOWN.findall(text)]


def printed(sheet: Shown, folder: Path) -> Path:
    """Run the command of a sheet, with its file in a folder, and give the file."""
    words = [str(folder / word) if word.endswith(".pdf") else word for word in sheet.words]
    words = [str(ROOT / word) if word.startswith("flowcharts/") else word for word in words]
    day = "--today" if words[0] == "draw" else "--date"
    result = CliRunner().invoke(main, [*words, day, DATE])
    if result.exit_code:
        raise SystemExit(f"goldenthread {shlex.join(sheet.words)}: {result.output}")
    (written,) = (word for word in words if word.endswith(".pdf"))
    return Path(written)


def picture(file: Path, page: int, width: int = WIDTH, *, grey: bool = False) -> bytes:
    """Give a page of a PDF as a PNG with a palette of at most 256 colours."""
    with pypdfium2.PdfDocument(file) as document:
        leaf = document[page - 1]
        bitmap = leaf.render(scale=width / leaf.get_width(), rev_byteorder=True, grayscale=grey)
        wide, high, stride, deep = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
        data = bytes(bitmap.buffer)
    colours = [
        tuple(data[at : at + 3]) if deep > 1 else (data[at],) * 3
        for row in range(high)
        for at in range(row * stride, row * stride + wide * deep, deep)
    ]
    return _png(wide, high, colours)


def _png(wide: int, high: int, colours: list[tuple[int, ...]]) -> bytes:
    rounded = [tuple(round(part / 15) * 15 if part < 250 else part for part in colour) for colour in colours]
    palette = [colour for colour, _ in Counter(rounded).most_common(256)]
    number = {colour: n for n, colour in enumerate(palette)}
    for colour in set(rounded) - number.keys():
        number[colour] = min(range(len(palette)), key=lambda n: _apart(colour, palette[n]))
    dots = bytes(number[colour] for colour in rounded)
    rows = b"".join(b"\0" + dots[row * wide : (row + 1) * wide] for row in range(high))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", b"".join(map(bytes, palette))),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _apart(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for sheet in shown():
            sheet.picture.parent.mkdir(exist_ok=True)
            sheet.picture.write_bytes(picture(printed(sheet, Path(folder)), sheet.page))
