"""The library's pages: each entry in full, search and filters, diagrams, and vignettes to their end."""

from __future__ import annotations

import html
import re
import time
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from goldenthread.web import practice
from small import shipped

if TYPE_CHECKING:

    from django.http import HttpResponse

LIBRARY = shipped().model
LARGEST = 100_000


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice.the, "_guide", shipped())


@pytest.fixture
def client() -> Client:
    made = Client()
    session = made.session
    session.update({"opened": True, "seen": time.monotonic()})
    session.save()
    return made


def read(client: Client, address: str, status: int = 200) -> str:
    answer: HttpResponse = client.get(address)
    assert answer.status_code == status, address
    assert answer["Cache-Control"] == "no-store"
    assert len(answer.content) < LARGEST, address
    text = answer.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    return text


def words(text: str) -> str:
    """Give what a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def headings(text: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])", text.partition("<main")[2])]


def in_order(text: str) -> bool:
    levels = headings(text)
    return levels.count(1) == 1 and all(
        later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False)
    )
