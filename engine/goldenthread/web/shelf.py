"""The library as its pages read it: what names what, what rests on each work, the vignettes, links."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec

from django.shortcuts import render
from django.urls import reverse

from goldenthread.diagnostics import nearest
from goldenthread.loading import shipped, vignette_files
from goldenthread.model import KINDS, Alert, Obligation, Reference, Requirement
from goldenthread.model.claims import claims
from goldenthread.session.entries import name_of
from goldenthread.session.lesson import Lesson
from goldenthread.session.uses import uses
from goldenthread.trial import read_vignettes
from goldenthread.web import practice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from goldenthread.model import Entry, Flowchart, Library, Node
    from goldenthread.model.claims import Claim
    from goldenthread.session import Guide
    from goldenthread.session.uses import Uses

Rest = ParamSpec("Rest")


class Kind(NamedTuple):
    """What a bank is called: as a heading, one of it, and what it holds."""

    title: str
    one: str
    about: str


BANKS: Mapping[str, Kind] = {
    "goals": Kind("Goals", "goal", "Goals with blanks that make them a client’s own, each with its measure."),
    "factors": Kind(
        "Factors", "factor", "What made a problem likely, set it off, keeps it going, or protects."
    ),
    "diagnoses": Kind(
        "Diagnoses", "diagnosis", "What speaks for each, what against, and what to do about it."
    ),
    "modalities": Kind("Modalities", "modality", "Treatments as a whole: for whom, and what they need."),
    "interventions": Kind(
        "Interventions", "intervention", "Single things that a clinician does with a client."
    ),
    "instruments": Kind(
        "Instruments", "instrument", "Measures: ranges, bands, cut-offs, change that counts, licence."
    ),
    "references": Kind(
        "References", "reference", "The works that claims rest on, and how far each was confirmed."
    ),
    "roles": Kind("Facts", "fact", "What answers are called, whichever question asks for them."),
    "alerts": Kind("Alerts", "alert", "What takes the next turn whenever it becomes true."),
    "obligations": Kind("Obligations", "obligation", "What no route and no suggestion may break."),
    "requirements": Kind(
        "Requirements", "requirement", "What payers, accreditors and regulators ask of a plan."
    ),
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and where they lead; nowhere where `href` is empty."""

    text: str
    href: str = ""
    note: str = ""


class MissingError(KeyError):
    """There is nothing of that name in the library; `near` is the nearest right one, where one is like it."""

    def __init__(self, what: str, near: Link | None, back: Link) -> None:
        super().__init__(what)
        self.what, self.near, self.back = what, near, back


class Shelf:
    """One library, with what is found in it once and kept."""

    def __init__(self, guide: Guide, folders: Sequence[Path]) -> None:
        self.guide, self._folders = guide, folders

    @property
    def library(self) -> Library:
        """The frozen content."""
        return self.guide.model

    @cached_property
    def uses(self) -> Uses:
        """What names what."""
        return uses(self.library)

    @cached_property
    def claims(self) -> Mapping[str, list[Claim]]:
        """The claims that rest on each work, by its id."""
        found: dict[str, list[Claim]] = {}
        for claim in claims(self.library):
            found.setdefault(claim.source.ref, []).append(claim)
        return found

    @cached_property
    def lessons(self) -> Mapping[str, Lesson]:
        """The vignettes, by id. One whose form is wrong is left out; `goldenthread test` shows why."""
        files = [file for folder in self._folders if folder.is_dir() for file in vignette_files(folder)]
        made, _, _ = read_vignettes(files)
        return {vignette.id: Lesson(self.guide, vignette) for vignette in made}

    @cached_property
    def texts(self) -> Mapping[tuple[str, str], str]:
        """What a search looks in, in small letters: for each entry and node its id, its names and its words."""
        found = {(entry.kind, entry.id): _text(entry) for entry in self.library.entries()}
        return found | {("flowcharts", node.key): _text(node) for node in self.library.nodes()}

    def holding(self, words: Sequence[str], kind: str = "") -> list[tuple[str, str]]:
        """Give the kind and id of everything, or everything of a kind, that holds all of some words."""
        lower = [word.lower() for word in words]
        return [
            named
            for named, text in self.texts.items()
            if (not kind or named[0] == kind) and all(word in text for word in lower)
        ]

    def entry(self, kind: str, id_: str) -> Entry:
        """Give an entry. Raises MissingError."""
        entries = self.library.bank(self.kind(kind))
        if id_ not in entries:
            back = Link(f"All {BANKS[kind].title.lower()}", reverse("library_bank", args=[kind]))
            raise MissingError(f"There is no {BANKS[kind].one} of that name.", self._near(kind, id_), back)
        return entries[id_]

    def flowchart(self, id_: str) -> Flowchart:
        """Give a flowchart. Raises MissingError."""
        found = self.library.flowcharts.get(id_)
        if found is None:
            names = {chart.title: chart.id for chart in self.library.flowcharts.values()}
            close = nearest(id_, [*self.library.flowcharts, *names])
            near = self.link("flowcharts", names.get(close, close)) if close else None
            back = Link("All flowcharts", reverse("flowcharts"))
            raise MissingError("There is no flowchart of that name.", near, back)
        return found

    def _near(self, kind: str, id_: str) -> Link | None:
        names = {title(entry): entry.id for entry in self.library.bank(kind).values()}
        found = nearest(id_, [*self.library.bank(kind), *names])
        return self.link(kind, names.get(found, found)) if found else None

    @staticmethod
    def kind(name: str) -> str:
        """Give the name of a kind back. Raises MissingError where there is none of it."""
        if name in KINDS:
            return name
        found = nearest(name, KINDS)
        near = Link(BANKS[found].title, reverse("library_bank", args=[found])) if found else None
        raise MissingError("The library has no such part.", near, Link("The library", reverse("library")))

    @staticmethod
    def bank_href(kind: str) -> str:
        """Give the address of the list of a kind."""
        return reverse("library_bank", args=[kind])

    def link(self, kind: str, id_: str, note: str = "") -> Link:
        """Give the link to an entry, a flowchart or a node (`flowcharts`, full name); words where there is none."""
        library = self.library
        if kind == "flowcharts":
            node = library.node(id_)
            if node is not None:
                return Link(node_title(library, node), node_href(node.key), note)
            chart = library.flowcharts.get(id_)
            return Link(chart.title, reverse("flowchart", args=[id_]), note) if chart else Link(id_, "", note)
        entry = library.bank(kind).get(id_)
        if entry is None:
            return Link(id_.replace("_", " "), "", note)
        return Link(title(entry), reverse("library_entry", args=[kind, id_]), note)

    def links(self, kind: str, ids: Iterable[str]) -> list[Link]:
        """Give the links to several of a kind."""
        return [self.link(kind, id_) for id_ in ids]


def title(entry: Entry) -> str:
    """Give what an entry is called on its page: shorter than its name where that is its whole text."""
    if isinstance(entry, Reference):
        return entry.cite()
    if isinstance(entry, Alert | Obligation | Requirement):
        return entry.id.replace("_", " ").capitalize()
    name = name_of(entry)
    return name[:1].upper() + name[1:]


def node_title(library: Library, node: Node) -> str:
    """Give a node's number and its words."""
    text = node.text
    if node.measure in library.instruments:
        text = f"Score the {library.instruments[node.measure].short}"
    if node.visit in library.flowcharts:
        text = f"Go through “{library.flowcharts[node.visit].title}”"
    return f"{node.number} {shortened(text)}".strip()


def shortened(text: str, longest: int = 120) -> str:
    """Cut a text at a word, so that it is no longer than so many characters."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + " …"


def node_href(key: str) -> str:
    """Give the address of a node by its full name."""
    chart, _, id_ = key.partition(".")
    return reverse("library_node", args=[chart, id_])


def _text(item: Entry | Node) -> str:
    words: list[str] = []
    for field in fields(item):
        value = getattr(item, field.name)
        if isinstance(value, str):
            words.append(value)
        elif isinstance(value, tuple):
            words += [part for part in value if isinstance(part, str)]
    name = item.cite() if isinstance(item, Reference) else ""
    return " ".join((*words, name)).lower()


_shelf: Shelf | None = None


def shelf() -> Shelf:
    """Give the shelf of the library that this server holds."""
    global _shelf  # noqa: PLW0603 -- it lives as long as the library that it reads
    guide = practice.the.guide
    if _shelf is None or _shelf.guide is not guide:
        own = [Path(path) for path in practice.the.libraries]
        _shelf = Shelf(guide, own if practice.the.only else [shipped(), *own])
    return _shelf


def at_shelf(
    page: Callable[Concatenate[HttpRequest, Shelf, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Make a view of a page of the library; what is not there becomes a page that names the nearest that is."""

    @wraps(page)
    def view(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return page(request, shelf(), *args, **kwargs)
        except MissingError as missing:
            return render(request, "library/missing.html", {"missing": missing}, status=404)

    return view
