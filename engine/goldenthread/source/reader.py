"""The parser's events to a located tree. What may not stand here is refused, with a reason, as it comes."""

from __future__ import annotations

from typing import Any

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, NodeEvent, ScalarEvent, SequenceEndEvent

from goldenthread.diagnostics import Diagnostic, Span
from goldenthread.source.scalars import MAY_MEAN, resolve
from goldenthread.source.tree import Marks, Tree

DEEPEST = 40

_WRITE_OUT = "write the value out where it is used; put a text between double quotes"
_Parser = getattr(yaml, "CSafeLoader", None) or yaml.SafeLoader


class GiveUpError(Exception):
    """Raised where what follows cannot be read with sense."""


class Reader:
    """Reads the one document of a text. Nearly every event is a plain scalar, so the way of those is short."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.tree = Tree(name)
        self.found: list[Diagnostic] = []
        # Values whose key came again are kept while the tree is built, so that no other takes their identity.
        self.dropped: list[Any] = []
        self.depth = 0
        self.parser = _Parser(text)
        self.next_event = self.parser.get_event

    def run(self) -> None:
        """Read to the end. Raises GiveUpError, and whatever the parser raises."""
        documents = 0
        try:
            while (event := self.next_event()) is not None:
                if isinstance(event, NodeEvent):
                    self.tree.data = self._root(event)
                elif event.__class__ is yaml.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        message, help_ = "a second document begins here", "put it in a file of its own"
                        self._refuse("S010", event, message, help_)
                        raise GiveUpError
        finally:
            self.parser.dispose()

    def _root(self, event: Any) -> Any:
        if event.__class__ is not ScalarEvent:
            return self._value(event)
        self._plain_only(event)
        return event.value if event.style else resolve(event.value)

    def _map(self) -> dict[str, Any]:
        next_event = self.next_event
        held: dict[str, Any] = {}
        marks = self.tree.marks[id(held)] = {}
        while (key := next_event()).__class__ is not MappingEndEvent:
            if key.__class__ is not ScalarEvent:
                self._no_key(key)
            name = key.value
            if key.tag is not None or key.anchor is not None:
                self._plain_only(key)
            if name in held:
                self._second(held, marks, key)
            event = next_event()
            if event.__class__ is ScalarEvent:
                value = event.value
                if value[:1] in MAY_MEAN or event.style or event.tag is not None or event.anchor is not None:
                    value = self._scalar(event, held, name)
            else:
                value = self._value(event)
            held[name] = value
            marks[name] = (key.start_mark, key.end_mark, event.start_mark, event.end_mark)
        return held

    def _list(self) -> list[Any]:
        next_event = self.next_event
        held: list[Any] = []
        marks = self.tree.marks[id(held)] = {}
        while (event := next_event()).__class__ is not SequenceEndEvent:
            if event.__class__ is ScalarEvent:
                value = event.value
                if value[:1] in MAY_MEAN or event.style or event.tag is not None or event.anchor is not None:
                    value = self._scalar(event, held, len(held))
            else:
                value = self._value(event)
            start = event.start_mark
            marks[len(held)] = (start, start, start, event.end_mark)
            held.append(value)
        return held

    def _scalar(self, event: Any, held: Any, key: str | int) -> Any:
        """Give the value of a scalar that is quoted, or may mean something else than its words."""
        if event.tag is not None or event.anchor is not None:
            self._plain_only(event)
        text = event.value
        if event.style:
            self.tree.quoted.add((id(held), key))
            return text
        value = resolve(text)
        if value.__class__ is not str and str(value) != text:
            self.tree.raw[id(held), key] = text
        return value

    def _value(self, event: Any) -> Any:
        """Give the map or list that begins here."""
        if event.__class__ is AliasEvent:
            self._refuse("S007", event, "an alias (`*name`) is not allowed here", _WRITE_OUT)
            # As a word, so that the place is not called empty as well.
            return f"*{event.anchor}"
        if event.anchor is not None or event.tag is not None or self.depth >= DEEPEST:
            self._may_open(event)
        self.depth += 1
        held = self._map() if event.__class__ is MappingStartEvent else self._list()
        self.depth -= 1
        return held

    def _may_open(self, event: Any) -> None:
        self._plain_only(event)
        if self.depth >= DEEPEST:
            message = f"values are nested more than {DEEPEST} levels deep here"
            self._refuse("S008", event, message, "flatten this part")
            raise GiveUpError

    def _no_key(self, event: Any) -> None:
        if event.__class__ is AliasEvent:
            self._value(event)
        else:
            self._may_open(event)
            self._refuse("S004", event, "a key must be a plain word", "write the key as a single word")
        raise GiveUpError

    def _refuse(self, code: str, event: Any, message: str, help_: str) -> None:
        mark, last = event.start_mark, event.end_mark
        end = last.column if event.__class__ is AliasEvent else mark.column + 1
        span = Span(self.name, mark.line + 1, mark.column + 1, end + 1)
        self.found.append(Diagnostic("error", code, message, span, help_))

    def _plain_only(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse("S007", event, "an anchor (`&name`) is not allowed here", _WRITE_OUT)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"a tag (`{tag}`) is not allowed here"
            self._refuse("S007", event, message, "write the value without a tag")

    def _second(self, held: dict[str, Any], marks: dict[Any, Marks], key: Any) -> None:
        """Say that a key stands here again, and let go what came of it the first time."""
        name, start, end = key.value, key.start_mark, key.end_mark
        stop = end.column if end.line == start.line and end.column else start.column + 1
        span = Span(self.name, start.line + 1, start.column + 1, stop + 1)
        first, last = marks[name][:2]
        line = first.line + 1
        before = Span(self.name, line, first.column + 1, (last.column if last.line == first.line else 0) + 1)
        message = f"the key `{name}` stands here a second time; it stood first on line {line}"
        self.found.append(Diagnostic("error", "S006", message, span, "keep one of the two", related=before))
        self.dropped.append(held[name])
        self.tree.raw.pop((id(held), name), None)
        self.tree.quoted.discard((id(held), name))
