"""A plan to documents: one file a format, all of them reading the same Plan."""

from __future__ import annotations

import json as _json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.export.client import client_page
from goldenthread.export.json import as_json
from goldenthread.export.markdown import as_markdown
from goldenthread.export.text import FIELDS, as_text, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goldenthread.plan import Plan


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is for, the ending of its files, and what makes it.

    `write` takes the plan and whether private things, or a page that must not leave the room, are wanted all the same.
    """

    about: str
    suffix: str
    write: Callable[[Plan, bool], str]


FORMATS: Mapping[str, Format] = {
    "text": Format("plain text, to be pasted into a record", ".txt", lambda plan, private: as_text(plan, private=private)),
    "markdown": Format("Markdown", ".md", lambda plan, private: as_markdown(plan, private=private)),
    "json": Format("data for other programs", ".json", lambda plan, private: _dumped(plan, private=private)),
    "client": Format("one page for the client", ".txt", lambda plan, force: client_page(plan, force=force)),
    "client-markdown": Format("one page for the client, as Markdown", ".md", lambda plan, force: client_page(plan, "markdown", force=force)),
}


def _dumped(plan: Plan, *, private: bool) -> str:
    return _json.dumps(as_json(plan, private=private), ensure_ascii=False, indent=2) + "\n"


def export(plan: Plan, format: str = "text", *, private: bool = False) -> str:  # noqa: A002 -- what it is called everywhere
    """Give a plan in one of FORMATS. Raises ValueError for another, which names those that there are."""
    if format not in FORMATS:
        raise ValueError(f"there is no format `{format}`; one of: {', '.join(FORMATS)}")
    return FORMATS[format].write(plan, private)


__all__ = ["FIELDS", "FORMATS", "Format", "as_json", "as_markdown", "as_text", "client_page", "export", "field"]
