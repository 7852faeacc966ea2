"""What stands on the pages of a PDF and where, as a reader of the file sees it."""

from __future__ import annotations

import ctypes
import io
import re
from collections import defaultdict
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import pypdf
import pypdfium2
from pypdfium2 import raw

_UNSEEN = {0, 2, 9, 10, 13, 32, 160, 0xFFFE}


class Letter(NamedTuple):
    char: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


class Link(NamedTuple):
    text: str
    """Its words without spaces."""
    page: int
    """The number of the page that it leads to."""


class Tag(NamedTuple):
    name: str
    alt: str
    page: int


class Leaves:
    """A PDF read back; pages are numbered from 1."""

    def __init__(self, blob):
        self.reader = pypdf.PdfReader(io.BytesIO(blob))
        self._sizes, self._texts, self._letters = [], [], []
        self._links = {}
        with pypdfium2.PdfDocument(blob) as pdf:
            for page in pdf:
                text = page.get_textpage()
                self._sizes.append(page.get_size())
                self._texts.append(text.get_text_range())
                self._letters.append(_letters(text))
                text.close()
                page.close()

    def __len__(self):
        return len(self._sizes)

    def size(self, number):
        return self._sizes[number - 1]

    def text(self, number):
        return self._texts[number - 1]

    def squeezed(self, number):
        return squeezed(self.text(number))

    def whole(self):
        return "".join(self.squeezed(number) for number in range(1, len(self) + 1))

    def letters(self, number):
        """Give every letter that can be seen, where it stands, and the size of its type."""
        return self._letters[number - 1]

    def between(self, first, last, above=52, below=50):
        """Give the text of some pages run on, squeezed, without the heads and feet between."""
        out = ""
        for number in range(first, min(last, len(self)) + 1):
            high = self.size(number)[1] - above
            out += "".join(letter.char for letter in self.letters(number) if below < letter.bottom < high)
        # A smiley comes in halves.
        return squeezed(out.encode("utf-16", "surrogatepass").decode("utf-16"))

    @cached_property
    def numbers(self):
        return {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages, 1)}

    @cached_property
    def targets(self):
        """Give the number of the page of each named destination."""
        found = self.reader.named_destinations
        return {name: self.numbers[target.page.idnum] for name, target in found.items()}

    def _page(self, to):
        if isinstance(to, list):
            return self.numbers[to[0].idnum]
        return self.targets[str(to)]

    def links(self, number):
        """Give the links of a page. A link to a name that there is not raises KeyError."""
        if number not in self._links:
            self._links[number] = self._found(number)
        return self._links[number]

    def _found(self, number):
        letters, found = self.letters(number), []
        for reference in self.reader.pages[number - 1].get("/Annots", ()):
            link = reference.get_object()
            corners = [float(side) for side in link.get("/QuadPoints", ())]
            boxes = [(quad[::2], quad[1::2]) for quad in batched(corners, 8)] or [
                (link["/Rect"][::2], link["/Rect"][1::2])
            ]
            said = ""
            for xs, ys in boxes:
                left, right, bottom, top = (float(f(side)) for side in (xs, ys) for f in (min, max))
                assert right - left > 1, link
                assert top - bottom > 4, link
                said += "".join(
                    letter.char
                    for letter in letters
                    if left <= (letter.left + letter.right) / 2 <= right
                    and bottom - 1.2 <= (letter.bottom + letter.top) / 2 <= top
                )
            found.append(Link(squeezed(said), self._page(link["/Dest"])))
        return found

    def tags(self):
        """Give the tags of the document's structure, in order of reading."""
        return tags_of(self.reader)


def tags_of(reader):
    """Give the tags of a document's structure, in order of reading, each with the number of its page."""
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1)}
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for inner in node:
                walk(inner)
        elif isinstance(node, dict):
            if "/S" in node:
                page = node.get("/Pg")
                page = numbers.get(page.indirect_reference.idnum, 0) if page else 0
                found.append(Tag(str(node["/S"]), str(node.get("/Alt", "")), page))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def batched(values, count):
    return [values[n : n + count] for n in range(0, len(values), count)]


def _letters(page):
    found = []
    corners = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = corners
    given = [ctypes.byref(corner) for corner in corners]
    matrix = raw.FS_MATRIX()
    for n in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, n)
        if code in _UNSEEN:
            continue
        raw.FPDFText_GetMatrix(page, n, matrix)
        size = raw.FPDFText_GetFontSize(page, n) * (matrix.c**2 + matrix.d**2) ** 0.5
        assert raw.FPDFText_GetCharBox(page, n, *given)
        found.append(Letter(chr(code), left.value, bottom.value, right.value, top.value, size))
    return found


def squeezed(text):
    """Give a text without what a page sets as it likes: spaces, hyphens at a line's end, marks of quotation curled."""
    return re.sub(r"[\s\u200b\u00ad\ufffe\x02-]+", "", text).translate(_STRAIGHT)


_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def overlapping(letters):
    """Give pairs of letters that lie on each other, other than neighbours that are set close."""
    cells, found = defaultdict(list), []
    for n, one in enumerate(letters):
        for x in range(int(one.left // 20), int(one.right // 20) + 1):
            for y in range(int(one.bottom // 20), int(one.top // 20) + 1):
                cells[x, y].append(n)
    for inside in cells.values():
        found += [
            (letters[n], letters[m])
            for n, m in combinations(inside, 2)
            if abs(n - m) > 1 and _shared(letters[n], letters[m]) > 0.2
        ]
    return found


def _shared(one, other):
    wide = min(one.right, other.right) - max(one.left, other.left)
    tall = min(one.top, other.top) - max(one.bottom, other.bottom)
    if wide <= 0 or tall <= 0:
        return 0
    least = min((letter.right - letter.left) * (letter.top - letter.bottom) for letter in (one, other))
    return wide * tall / max(least, 0.1)
