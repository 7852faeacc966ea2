"""Every address of the page, from the list of addresses itself: a new page is tried as soon as it is there."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import URLPattern, get_resolver, reverse

_GIVEN = {
    "entry": "depression_lift",
    "token": "0-0-0",
    "form": "txt",
    "kind": "goals",
    "chart": "planning",
}
_OF_PAGE = {
    "library_node": {"chart": "problem", "id_": "age"},
    "library_vignette": {"id_": "quick_panic"},
    "library_bank": {"kind": "modalities"},
    "library_entry": {"kind": "goals", "id_": "depression_lift"},
}
"""What stands in an address that has a name."""
_BY_KIND: dict[str, Any] = {"IntConverter": 1, "SlugConverter": "planning", "StringConverter": "text"}


class Address(NamedTuple):
    """One address, with a case in it where it takes one."""

    name: str
    path: str


def addresses(case_id: str) -> list[Address]:
    """Give all addresses, with a case in those that take one."""
    made = []
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern), "addresses are in one list"
        converters = pattern.pattern.converters
        given = {
            name: case_id
            if name == "case_id"
            else _GIVEN.get(name, _BY_KIND.get(type(made_by).__name__, "x"))
            for name, made_by in converters.items()
        }
        assert pattern.name, "every address has a name"
        given |= _OF_PAGE.get(pattern.name, {})
        made.append(Address(pattern.name, reverse(pattern.name, kwargs=given)))
    return made
