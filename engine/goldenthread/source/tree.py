"""A YAML file as plain dicts, lists and scalars, with the place of every key and value beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from goldenthread.diagnostics import Diagnostic, Span
from goldenthread.source.scalars import resolve

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 10_000_000
DEEPEST = 40

_WRITE_OUT = "write the value out where it is used; put a text between double quotes"
_Parser = getattr(yaml, "CSafeLoader", None) or yaml.SafeLoader
Marks = tuple[int, int, int, int, int, int]
_PLAIN = dict.fromkeys([*map(ord, "\t\n\r"), *range(0x20, 0x7F)])
_REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")


@dataclass(slots=True)
class Tree:
    """The data of one file. Places are kept by the identity of the container, so the data stays plain.

    `marks[id(container)][key]` is (key line, key column, value line, value column, value end, key end), all
    from 0; a list's items have their index for key. The end is -1 where the value runs over several lines.
    `raw` holds a scalar as written where its value would print otherwise: `3.10`, `007`, `~`.
    """

    file: str
    data: Any = None
    marks: dict[int, dict[Any, Marks]] = field(default_factory=dict)
    raw: dict[tuple[int, Any], str] = field(default_factory=dict)
    quoted: set[tuple[int, Any]] = field(default_factory=set)

    def key(self, container: Any, key: Any) -> Span:
        """Give the place of a key (of an item, where the container is a list)."""
        line, column, _, _, _, end = self.marks[id(container)][key]
        return Span(self.file, line + 1, column + 1, (end if end > column else column + 1) + 1)

    def value(self, container: Any, key: Any) -> Span:
        """Give the place of the value under a key."""
        _, _, line, column, end, _ = self.marks[id(container)][key]
        return Span(self.file, line + 1, column + 1, (end if end > column else column + 1) + 1)

    def text(self, container: Any, key: Any) -> Span | None:
        """Give the place of a text whose characters stand one for one on a single line, else None."""
        _, _, line, column, end, _ = self.marks[id(container)][key]
        value = container[key]
        shift = 1 if (id(container), key) in self.quoted else 0
        if end - column != len(value) + 2 * shift:
            return None
        return Span(self.file, line + 1, column + 1 + shift, end + 1 - shift)

    def path(self, steps: list[str | int], *, on_key: bool = False) -> Span:
        """Give the place at the end of a path from the root; as near as the file reaches."""
        span, data = Span(self.file, 1, 1, 2), self.data
        for n, step in enumerate(steps):
            places = self.marks.get(id(data), {})
            if step not in places:
                break
            last = n == len(steps) - 1
            span = self.key(data, step) if last and on_key else self.value(data, step)
            data = data[step]
        return span


def read(path: Path, name: str | None = None) -> tuple[Tree | None, list[Diagnostic], str | None]:
    """Read a file; give its tree (None where it has none), what is wrong, and its text for excerpts."""
    name = name or str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            return None, [_too_large(name, size)], None
        blob = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        found = _error(
            "S001", Span(name, 1, 1), f"this file cannot be read: {reason}", "check its path and permissions"
        )
        return None, [found], None
    return parse(blob, name)


def parse(blob: bytes | str, name: str) -> tuple[Tree | None, list[Diagnostic], str | None]:
    """Parse YAML text. A byte order mark and Windows line ends are taken as they come."""
    if len(blob) > LARGEST_FILE:
        return None, [_too_large(name, len(blob))], None
    if isinstance(blob, bytes):
        try:
            text = blob.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return None, [_not_utf8(blob, error, name)], None
    else:
        text = blob.removeprefix("\ufeff")
    # A quick look first: the pattern is slow, and a text of plain characters cannot match it.
    refused = None if text.isascii() and not text.translate(_PLAIN) else _REFUSED.search(text)
    if refused:
        return None, [_control_character(refused, text, name)], text
    builder = _Builder(name)
    try:
        builder.run(text)
    except yaml.MarkedYAMLError as error:
        builder.found.append(_syntax(error, text, name))
        return None, builder.found, text
    except _GiveUpError:
        return None, builder.found, text
    tree = builder.tree
    if not isinstance(tree.data, dict) or not tree.data:
        what = "is empty" if tree.data in (None, {}) else "does not hold a map of keys"
        help_ = "begin with a key that says what the file is, e.g. `flowchart: my_flowchart`"
        builder.found.append(_error("S009", Span(name, 1, 1), f"this file {what}", help_))
        return None, builder.found, text
    return tree, builder.found, text


class _GiveUpError(Exception):
    """Raised where what follows cannot be read with sense."""


class _Builder:
    """Builds a tree from the parser's events, without recursion."""

    __slots__ = ("container", "documents", "dropped", "found", "key", "marks", "name", "stack", "tree")

    def __init__(self, name: str) -> None:
        self.name = name
        self.tree = Tree(name)
        self.found: list[Diagnostic] = []
        # Values whose key came again are kept while the tree is built, so that no other takes their identity.
        self.dropped: list[Any] = []
        self.container: Any = None
        self.marks: dict[Any, Marks] = {}
        # A key that waits for its value, with its line, column and end.
        self.key: tuple[str, int, int, int] | None = None
        self.stack: list[tuple[Any, dict[Any, Marks]]] = []
        self.documents = 0

    def run(self, text: str) -> None:
        """Take every event of a text. Most are scalars: keys and values of maps, items of lists."""
        parser = _Parser(text)
        next_event = parser.get_event
        try:
            event = next_event()
            while event is not None:
                if event.__class__ is yaml.ScalarEvent:
                    if event.tag is not None or event.anchor is not None:
                        self._plain_only(event)
                    self._scalar(event)
                else:
                    self._other(event)
                event = next_event()
        finally:
            parser.dispose()

    def _scalar(self, event: Any) -> None:
        text, start, end = event.value, event.start_mark, event.end_mark
        stop = end.column if end.line == start.line else -1
        container = self.container
        in_map = container.__class__ is dict
        if in_map and self.key is None:
            if text in container:
                self._second(text, start, stop)
            self.key = (text, start.line, start.column, stop)
            return
        value = text
        if not event.style:
            value = resolve(text)
            if value.__class__ is not str and container is not None and str(value) != text:
                self.tree.raw[id(container), self._place_for()] = text
        elif container is not None:
            self.tree.quoted.add((id(container), self._place_for()))
        self._put(value, start, stop)

    def _place_for(self) -> Any:
        return self.key[0] if self.key is not None else len(self.container)

    def _put(self, value: Any, start: Any, stop: int) -> None:
        container = self.container
        if container.__class__ is dict:
            assert self.key is not None  # noqa: S101 -- a value in a map comes after its key
            name, line, column, key_end = self.key
            self.key = None
            if name in container:
                self.dropped.append(container[name])
            container[name] = value
            self.marks[name] = (line, column, start.line, start.column, stop, key_end)
        elif container is None:
            self.tree.data = value
        else:
            self.marks[len(container)] = (start.line, start.column, start.line, start.column, stop, -1)
            container.append(value)

    def _other(self, event: Any) -> None:
        kind = event.__class__
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open({} if kind is yaml.MappingStartEvent else [], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.container, self.marks = self.stack.pop()
        elif kind is yaml.AliasEvent:
            self._refuse("S007", event, "an alias (`*name`) is not allowed here", _WRITE_OUT)
            if self.container.__class__ is dict and self.key is None:
                raise _GiveUpError
            # As a word, so that the place is not called empty as well.
            self._put(f"*{event.anchor}", event.start_mark, event.end_mark.column)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse("S010", event, "a second document begins here", "put it in a file of its own")
                raise _GiveUpError

    def _open(self, container: Any, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._plain_only(event)
        if len(self.stack) >= DEEPEST:
            message = f"values are nested more than {DEEPEST} levels deep here"
            self._refuse("S008", event, message, "flatten this part")
            raise _GiveUpError
        if self.container.__class__ is dict and self.key is None:
            self._refuse("S004", event, "a key must be a plain word", "write the key as a single word")
            raise _GiveUpError
        self._put(container, event.start_mark, -1)
        self.stack.append((self.container, self.marks))
        self.container, self.marks = container, {}
        self.tree.marks[id(container)] = self.marks

    def _refuse(self, code: str, event: Any, message: str, help_: str) -> None:
        mark, kind = event.start_mark, event.__class__
        end = event.end_mark.column if kind is yaml.AliasEvent else mark.column + 1
        self.found.append(
            _error(code, Span(self.name, mark.line + 1, mark.column + 1, end + 1), message, help_)
        )

    def _plain_only(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse("S007", event, "an anchor (`&name`) is not allowed here", _WRITE_OUT)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(
                "S007", event, f"a tag (`{tag}`) is not allowed here", "write the value without a tag"
            )

    def _second(self, text: str, mark: Any, end: int) -> None:
        container = self.container
        line = self.marks[text][0] + 1
        span = Span(self.name, mark.line + 1, mark.column + 1, (end if end > 0 else mark.column + 1) + 1)
        message = f"the key `{text}` stands here a second time; it stood first on line {line}"
        self.found.append(_error("S006", span, message, "keep one of the two"))
        self.tree.raw.pop((id(container), text), None)
        self.tree.quoted.discard((id(container), text))


def _error(code: str, span: Span, message: str, help_: str = "", note: str = "") -> Diagnostic:
    return Diagnostic("error", code, message, span, help_, note)


def _too_large(name: str, size: int) -> Diagnostic:
    message = f"this file has {size:,} bytes; {LARGEST_FILE:,} are the most that is read"
    return _error("S003", Span(name, 1, 1), message, "split it into several files")


def _place(before: str) -> tuple[int, int]:
    """Give the line and column, from 1, of the character that follows."""
    lines = (before + "|").splitlines()
    return len(lines), len(lines[-1])


def _not_utf8(blob: bytes, error: UnicodeDecodeError, name: str) -> Diagnostic:
    line, column = _place(blob[: error.start].decode("utf-8-sig", "replace"))
    note = f"the byte at this place is 0x{blob[error.start]:02x}"
    message, help_ = "this file is not written in UTF-8", "save it as UTF-8"
    return _error("S002", Span(name, line, column, column + 1), message, help_, note)


def _control_character(found: re.Match[str], text: str, name: str) -> Diagnostic:
    line, column = _place(text[: found.start()])
    message = f"a character that YAML does not allow stands here (U+{ord(found[0]):04X})"
    if found[0] == "\0":
        return _error(
            "S002",
            Span(name, line, column, column + 1),
            "this file is not written in UTF-8",
            "save it as UTF-8",
        )
    return _error("S004", Span(name, line, column, column + 1), message, "delete it")


def _syntax(error: Any, text: str, name: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    if line >= len(lines) and lines:
        line, column = len(lines) - 1, len(lines[-1])
    shown = lines[line] if line < len(lines) else ""
    span = Span(name, line + 1, column + 1, column + 2)
    indent = shown[: len(shown) - len(shown.lstrip())]
    if "\t" in indent or "found character '\\t'" in str(error.problem) or "tab" in str(error.problem):
        tab = shown.find("\t")
        at = Span(name, line + 1, max(tab, 0) + 1, max(tab, 0) + 2)
        return _error(
            "S005", at, "a tab stands here; YAML is indented with blanks", "put two blanks for each level"
        )
    problem = str(error.problem or error.context or "")
    message, help_ = _in_plain_words(problem)
    if "mapping values" in problem and ": " not in shown[:column].lstrip("- "):
        message, help_ = _MISFIT
    elif message == _MISFIT[0] and column > len(indent) and not shown[len(indent) :].startswith("- "):
        message, help_ = "the value ends before this, and more stands after it", _QUOTE
    note = ""
    if error.context and error.context_mark and error.context_mark.line != line:
        note = _begun(str(error.context), error.context_mark.line + 1)
    return _error("S004", span, message, help_, note)


_QUOTE = "put the whole text between double quotes"
_MISFIT = ("the indentation here does not fit the lines above", "line keys of one map up under each other")
_BEGUN = (
    ("flow sequence", "the `[` that is still open"),
    ("flow mapping", "the `{` that is still open"),
    ("quoted scalar", "the quote that is still open"),
    ("simple key", "the key"),
    ("block collection", "the list"),
    ("block mapping", "the map of keys"),
    ("block scalar", "the text"),
)


def _begun(context: str, line: int) -> str:
    what = next((words for part, words in _BEGUN if part in context), "what is read here")
    return f"{what} began on line {line}"


_PLAIN_WORDS = (
    ("mapping values are not allowed", "a second `:` stands on this line", _QUOTE),
    (
        "could not find expected ':'",
        "a key without its `:` stands here or on the line above",
        "write `key: value`, with a blank after the `:`",
    ),
    ("expected <block end>", *_MISFIT),
    ("did not find expected key", *_MISFIT),
    (
        "expected ',' or",
        "a `,` or a closing bracket is missing here",
        "close the bracket, or put the text between double quotes",
    ),
    (
        "did not find expected '-' indicator",
        "an item of a list is expected here",
        "begin the item with `- `, lined up with the others",
    ),
    (
        "block sequence entries are not allowed",
        "a `- ` item stands here where a value was begun",
        "begin the list on a line of its own",
    ),
    ("unexpected end of stream", "a quote or bracket is not closed before the file ends", "close it"),
    ("cannot start any token", "this character cannot begin a value", _QUOTE),
    (
        "did not find expected",
        "this does not fit what stands before it",
        "check the indentation and the brackets of this line and the one above",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes begins nothing known",
        "write it twice, or use single quotes",
    ),
    ("exceeded maximum", "values are nested too deeply here", "flatten this part"),
)


def _in_plain_words(problem: str) -> tuple[str, str]:
    for part, message, help_ in _PLAIN_WORDS:
        if part in problem:
            return message, help_
    return "this cannot be read as YAML", "check the indentation and the quotes here"
