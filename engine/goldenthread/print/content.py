"""What is printed, before it is set: blocks of plain data. Whoever writes a sheet knows these and nothing of typst.

Words are a string, or runs of which some are bold, said aloud, or lead to a label elsewhere. A label is given to a
heading or a picture, at most once in a publication.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from goldenthread.draw.letters import printable
from goldenthread.draw.scripts import apart
from goldenthread.print.lettering import curled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goldenthread.print.paper import Sheet

_LONG_WORD = re.compile(r"\S{30,}")
_HEAD = 60
"""How many letters of a heading stand in the running head."""
_NAMES = {"to", "label", "svg"}
"""What names something, and is not to be read."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a text. `to` is the label that they lead to; `page` adds the number of its page."""

    text: str
    look: Literal["", "bold", "said", "quiet", "new"] = ""
    """`new` begins a new paragraph."""
    to: str = ""
    page: Literal["", "on", "of"] = ""
    """`on` writes “on page 12” after the words, `of` the bare number."""


Words: TypeAlias = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the publication, with a line under it."""

    under: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. One that is `listed` stands in the contents; at level 1 it stands in the running head."""

    text: Words
    level: int = 1
    label: str = ""
    listed: bool = True
    size: float = 0
    """How large it is, as a share of running text; as large as its level where it is nought."""
    running: str = ""
    """What the running head says of it; its own words where that is empty."""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: `ask` is a question, `say` is said aloud, `note` is easily overlooked, `entry` stands in a list."""

    text: Words
    look: Literal["", "lead", "ask", "say", "note", "entry", "quiet"] = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `tick` gives each point a box to tick, `number` a number."""

    items: tuple[Words, ...]
    mark: Literal["point", "tick", "number"] = "point"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Short names at the left; at the right what is said of each, as a list where it is several things."""

    rows: tuple[tuple[str, tuple[Words, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, which is repeated on each page; `widths` are shares of the page.

    Each row is at least so many lines `tall`, to be written in.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...] = ()
    tall: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words laid over a picture, at its middle and base line; in the picture's own measure."""

    x: float
    y: float
    size: float
    words: tuple[Run, ...]
    fill: str = "#1b2733"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, at a factor of its own size. `alt` says in words what it shows."""

    svg: str
    alt: str
    width: float
    height: float
    factor: float = 1.0
    lines: tuple[Line, ...] = ()
    label: str = ""
    fill: bool = False
    """Whether it takes what is left of the page, and stands in the middle of it."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A window on a drawing that is larger than the sheet: what lies `x`, `y` from its corner, so wide and so tall.

    Lengths are on paper, after the factor. `joins` names the edges at which another sheet is joined.
    """

    svg: str
    width: float
    height: float
    factor: float
    x: float
    y: float
    wide: float
    tall: float
    overlap: float
    joins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """Room to write: that many lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Tick:
    """An answer with a box to tick, a note on it, and where it leads."""

    words: Words
    note: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Answers to tick, one below the other, or in columns where they are short."""

    items: tuple[Tick, ...]
    columns: int = 1
    small: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Names with a line to write on after each, side by side; what follows `|` in a name stands after its line.

    An empty name leaves its place white.
    """

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """A row of figures of which one is ringed, with words at both ends."""

    marks: tuple[str, ...]
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """Where to go on."""

    text: Words


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a form: its number in the margin and what belongs to it, kept on one page where it fits on one."""

    number: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Blocks with a line around them: a note, or with a thick line what must not be overlooked."""

    blocks: tuple[Block, ...]
    tone: Literal["note", "caution", "urgent", "end"] = "note"


@dataclass(frozen=True, slots=True)
class Side:
    """Blocks side by side; `widths` are shares."""

    columns: tuple[tuple[Block, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Room to write in under a heading and what to think of, with lines or without."""

    heading: str
    prompts: tuple[str, ...] = ()
    lined: bool = True


@dataclass(frozen=True, slots=True)
class Areas:
    """Rows of areas that share what is left of the page; each row has its share."""

    rows: tuple[tuple[float, tuple[Area, ...]], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, down to a level of headings."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block: TypeAlias = (
    Title
    | Heading
    | Para
    | Points
    | Pairs
    | Table
    | Picture
    | Tile
    | Room
    | Ticks
    | Fields
    | Marks
    | Skip
    | Step
    | Frame
    | Side
    | Areas
    | Contents
    | Break
)


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks on pages of one direction; it begins a new page. `columns` sets small entries side by side."""

    blocks: tuple[Block, ...]
    turned: bool = False
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Furniture:
    """The head of each page, with its section beside it, and its foot, with the number of the page beside it."""

    head: str
    foot: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """All that goes to the printer in one file."""

    title: str
    sheet: Sheet
    furniture: Furniture
    parts: tuple[Part, ...]
    language: str = "en"


def data(publication: Publication) -> dict[str, Any]:
    """Give a publication as the template reads it; each block says its kind, and each drawing is there once."""
    drawings: dict[str, int] = {}
    parts = [
        {
            "turned": part.turned,
            "columns": part.columns,
            "blocks": [_block(block, drawings) for block in part.blocks],
        }
        for part in publication.parts
    ]
    return {
        "title": printable(publication.title),
        "language": publication.language,
        "sheet": asdict(publication.sheet) | {"margins": publication.sheet.margins},
        "furniture": _plain(asdict(publication.furniture)),
        "drawings": list(map(apart, drawings)),
        "parts": parts,
    }


def _block(block: Block, drawings: dict[str, int]) -> dict[str, Any]:
    match block:
        case Step(blocks=inner) | Frame(blocks=inner):
            found = _fields(block, but="blocks")
            found["blocks"] = [_block(each, drawings) for each in inner]
        case Side(columns=columns):
            found = _fields(block, but="columns")
            found["columns"] = [[_block(each, drawings) for each in inner] for inner in columns]
        case _:
            found = _fields(block)
    if isinstance(block, Picture | Tile):
        found["svg"] = drawings.setdefault(block.svg, len(drawings))
    if isinstance(block, Heading):
        found["short"] = _plain(shortened(block.running or plain(block.text), _HEAD))
    return {"kind": type(block).__name__.lower()} | found


def _fields(holder: Block | Run | Line | Tick | Area, but: str = "") -> dict[str, Any]:
    names = [name for name in type(holder).__slots__ if name != but]
    return {
        name: getattr(holder, name) if name in _NAMES else _plain(getattr(holder, name)) for name in names
    }


def _plain(value: Any) -> Any:
    """Give a value as JSON has it, its texts without what no document can hold."""
    match value:
        case str():
            return _LONG_WORD.sub(_breakable, curled(printable(value)))
        case Run() | Line() | Tick() | Area():
            return _fields(value)
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case tuple() | list():
            return [_plain(inner) for inner in value]
    return value


def _breakable(word: re.Match[str]) -> str:
    """Let a line end within a word that may be longer than a line."""
    return "\N{ZERO WIDTH SPACE}".join(re.findall(".{1,12}", word[0]))


def plain(words: Words) -> str:
    """Give words without their looks."""
    return words if isinstance(words, str) else "".join(run.text for run in words)


def shortened(text: str, longest: int) -> str:
    """Give a text no longer than that, cut between words."""
    if len(text) <= longest:
        return text
    words = text[: longest - 1].rpartition(" ")[0] or text[: longest - 1]
    return f"{words.rstrip(',;:. ')}…"


def joined(parts: Iterable[Words], between: str = " ") -> Words:
    """Join words into words."""
    runs: list[Run] = []
    for part in parts:
        if runs:
            runs.append(Run(between))
        runs += [Run(part)] if isinstance(part, str) else part
    return tuple(runs)
