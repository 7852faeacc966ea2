"""docs/gallery.md shows each kind of sheet, by the commands that make its pictures."""

from __future__ import annotations

import re
import struct
import zlib

import pypdfium2
import pytest
from pictures import PAGE, WIDTH, picture, printed, shown

from goldenthread.cli.print import SHEETS
from goldenthread.print import HANDOUTS

TEXT = PAGE.read_text(encoding="utf-8")
SHOWN = shown()
FILES = [sheet.picture for sheet in SHOWN]
WORDS = [sheet.words for sheet in SHOWN]
MOST = 40_000


def test_every_kind_of_sheet_is_on_the_page():
    assert {words[0] for words in WORDS} == {"draw", "print", "slides"}
    assert {words[1] for words in WORDS if words[0] == "print"} == SHEETS.keys()
    assert {words[2] for words in WORDS if words[1] == "handout"} == set(HANDOUTS)


def test_every_picture_and_command_of_the_page_is_one_that_the_script_makes():
    assert len(re.findall(r"^!\[", TEXT, re.MULTILINE)) == len(SHOWN)
    assert len(re.findall(r"^\$ ", TEXT, re.MULTILINE)) == len(SHOWN)
    assert len(set(FILES)) == len(SHOWN)


def test_the_page_names_only_files_that_exist_and_every_picture():
    named = {PAGE.parent / target for target in re.findall(r"\]\(([^):#]+)\)", TEXT)}
    assert all(file.is_file() for file in named)
    assert set(FILES) <= named
    assert set((PAGE.parent / "gallery").iterdir()) == set(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_picture_is_small(file):
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    wide, _, bits, kind = struct.unpack(">IIBB", content[16:26])
    assert (wide, bits, kind) == (WIDTH, 8, 3)
    assert len(content) < MOST


@pytest.mark.parametrize("sheet", SHOWN, ids=lambda sheet: sheet.picture.stem)
def test_a_command_of_the_page_prints_the_page_that_is_shown(sheet, tmp_path):
    with pypdfium2.PdfDocument(printed(sheet, tmp_path)) as document:
        assert len(document) >= sheet.page


def test_a_picture_is_the_same_each_time_and_holds_every_dot(tmp_path):
    (sheet,) = (one for one in SHOWN if one.picture.stem == "thread")
    once, again = (picture(printed(sheet, tmp_path), 1, 120) for _ in range(2))
    assert once == again
    wide, high = struct.unpack(">II", once[16:24])
    at = once.index(b"IDAT")
    (long,) = struct.unpack(">I", once[at - 4 : at])
    assert len(zlib.decompress(once[at + 4 : at + 4 + long])) == high * (wide + 1)
