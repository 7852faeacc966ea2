"""A case visited through its pages: what they say, and what is sent to them as a form would send it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goldenthread.web import controls, practice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django.test import Client

    from goldenthread.case import Case
    from goldenthread.session import GuidedWalk
    from goldenthread.web.desk import Desk

_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")


def source(response: HttpResponse) -> str:
    """Give the HTML of a page."""
    return response.content.decode()


def words(response: HttpResponse | str) -> str:
    """Give what a page says to its reader, without its tags."""
    text = response if isinstance(response, str) else source(response)
    return " ".join(html.unescape(_TAG.sub(" ", text.partition("<body")[2] or text)).split())


def main(response: HttpResponse) -> str:
    """Give what stands in the middle of a page, without what is around it on every page."""
    return words(source(response).partition("<main")[2].partition("</main>")[0].partition(">")[2])


def controls_of(response: HttpResponse, form: str = 'class="answer"') -> dict[str, list[str]]:
    """Give what a form of a page would send if its main button were pressed at once."""
    text = next(part for part in source(response).split("<form")[1:] if form in part.partition(">")[0])
    text = text.partition("</form>")[0]
    sent: dict[str, list[str]] = {}
    for tag in re.finditer(r"<input([^>]*)>", text):
        made = dict(_ATTRIBUTE.findall(tag[1]))
        picks = made.get("type") in {"radio", "checkbox"}
        if "name" in made and (not picks or re.search(r"\schecked\b", tag[1])):
            sent.setdefault(made["name"], []).append(html.unescape(made.get("value", "")))
    for tag in re.finditer(r"<textarea([^>]*)>(.*?)</textarea>", text, re.DOTALL):
        made = dict(_ATTRIBUTE.findall(tag[1]))
        if "name" in made:
            # A browser sends every line break as two characters.
            typed = re.sub(r"\r?\n", "\r\n", html.unescape(tag[2]).removeprefix("\n"))
            sent.setdefault(made["name"], []).append(typed)
    for tag in re.finditer(r"<select([^>]*)>(.*?)</select>", text, re.DOTALL):
        options = re.findall(r"<option([^>]*)>([^<]*)", tag[2])
        chosen = next((one for one in options if "selected" in one[0]), options[0])
        value = dict(_ATTRIBUTE.findall(chosen[0])).get("value", chosen[1])
        sent.setdefault(dict(_ATTRIBUTE.findall(tag[1]))["name"], []).append(html.unescape(value))
    sent.pop("csrfmiddlewaretoken", None)
    return sent


@dataclass(frozen=True)
class Visit:
    """One case in the hands of one clinician."""

    client: Client
    desk: Desk
    id: str
    _walks: dict[tuple[str, ...], GuidedWalk] = field(default_factory=dict, compare=False, repr=False)
    """Walks that were looked at, by the version of the case, the content, the day and the question."""

    @property
    def version(self) -> str:
        """The version of the case as it is kept now."""
        return self.desk.store.load(self.id)[1]

    @property
    def case(self) -> Case:
        """The case as it is kept now."""
        return self.desk.store.load(self.id)[0]

    def walk(self, at: str = "") -> GuidedWalk:
        """Give the walk of the case as it is kept now, on the content and the day that the pages have."""
        desk = practice.desk()
        which = (self.version, desk.guide.model.digest, desk.today.isoformat(), at)
        if which not in self._walks:
            self._walks[which] = desk.sit(self.id, at).walk
        return self._walks[which]

    @property
    def at(self) -> str:
        """The question that waits."""
        return self.walk().walk.at

    def path(self, page: str) -> str:
        """Give an address in this case."""
        return f"/case/{self.id}/{page}"

    def get(self, page: str = "", **asked: str) -> HttpResponse:
        """Ask for a page."""
        return self.client.get(self.path(page), asked)

    def post(self, page: str, form: Mapping[str, Any] | None = None, **more: Any) -> HttpResponse:
        """Send a form, with the version of now unless it says otherwise."""
        return self.client.post(self.path(page), {"version": self.version, **(form or {}), **more})

    def answer(
        self, form: Mapping[str, Any] | None = None, at: str = "", action: str = "answer", **more: Any
    ) -> HttpResponse:
        """Answer a question: the one that waits, or the one named."""
        return self.post("answer", {"key": at or self.at, "action": action, **(form or {})}, **more)

    def send(self, raw: Any, at: str = "") -> HttpResponse:
        """Answer a question by the fields that an answer fills."""
        question = self.walk(at).question
        assert question is not None
        return self.answer(controls.to_fields(question, raw), at)

    def given(self, key: str) -> Any:
        """Give the answer that stands for a question."""
        return self.walk().walk.given(key)

    def draft(self, key: str) -> Any:
        """Give what was typed at a question."""
        return self.desk.store.draft(self.id, key)
