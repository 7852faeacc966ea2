"""A plan to documents: one file a format, all of them reading the same Plan."""

from __future__ import annotations

from dataclasses import dataclass
from json import dumps
from typing import TYPE_CHECKING

from goldenthread.export.client import client_document, client_page
from goldenthread.export.json import as_json
from goldenthread.export.markdown import as_markdown
from goldenthread.export.session_note import session_note_text
from goldenthread.export.text import FIELDS, as_text, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.plan import Plan


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is for, the ending of its files, and what makes it.

    `write` takes the plan, and whether private things (or a client's page that must not leave the room) are
    wanted all the same.
    """

    about: str
    suffix: str
    write: Callable[[Plan, bool], str]


def _text(plan: Plan, private: bool) -> str:
    return as_text(plan, private=private)


def _markdown(plan: Plan, private: bool) -> str:
    return as_markdown(plan, private=private)


def _json(plan: Plan, private: bool) -> str:
    return dumps(as_json(plan, private=private), ensure_ascii=False, indent=2) + "\n"


def _client(plan: Plan, force: bool) -> str:
    return client_page(plan, force=force)


def _client_markdown(plan: Plan, force: bool) -> str:
    return client_page(plan, "markdown", force=force)


FORMATS: Mapping[str, Format] = {
    "text": Format("plain text, to be pasted into a record", ".txt", _text),
    "markdown": Format("Markdown", ".md", _markdown),
    "json": Format("data for other programs", ".json", _json),
    "client": Format("one page for the client", ".txt", _client),
    "client-markdown": Format("one page for the client, as Markdown", ".md", _client_markdown),
}


def export(plan: Plan, format: str = "text", *, private: bool = False) -> str:  # noqa: A002 -- what it is called everywhere
    """Give a plan in one of FORMATS. Raises ValueError for another, which names those that there are."""
    if format not in FORMATS:
        raise ValueError(f"there is no format `{format}`; one of: {', '.join(FORMATS)}")
    return FORMATS[format].write(plan, private)


__all__ = [
    "FIELDS",
    "FORMATS",
    "Format",
    "as_json",
    "as_markdown",
    "as_text",
    "client_document",
    "client_page",
    "export",
    "field",
    "session_note_text",
]
