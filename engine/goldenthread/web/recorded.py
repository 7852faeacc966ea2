"""What of a plan enters the record: chosen on the plan's page, and written in every format it is handed on in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from json import dumps
from typing import TYPE_CHECKING, Any

from goldenthread.export import FIELDS, markdown, text
from goldenthread.export.compare import TOP, compare
from goldenthread.export.data import record_data
from goldenthread.export.record import RECORDED, Record, footer, record
from goldenthread.plan.phrases import day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goldenthread.case import SignedPlan
    from goldenthread.export.document import Document
    from goldenthread.export.record import Names
    from goldenthread.plan import Plan
    from goldenthread.web.desk import Desk, Sitting

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ALSO = {
    "private": "your own hypothesis and view",
    "declines": "what was declined, with the reason",
    "considered": "hypotheses and treatments that were put forward and not taken",
}
"""What stays out of the record unless it is wanted."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What enters the record. A signed plan keeps what was chosen for it."""

    fields: tuple[str, ...] = RECORDED
    private: bool = False
    declines: bool = False
    considered: bool = False

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Chosen:
        """Read a choice that was kept; what is usual where none was."""
        if data is None:
            return cls()
        fields = tuple(name for name in FIELDS if name in data["fields"])
        return cls(fields, **{name: name in data["also"] for name in ALSO})

    def data(self) -> dict[str, list[str]]:
        """Give the choice to be kept."""
        return {"fields": list(self.fields), "also": [name for name in ALSO if getattr(self, name)]}


def recorded(desk: Desk, sitting: Sitting, chosen: Chosen, plan: Plan | None = None) -> Record:
    """Give what of the plan as it stands (or of `plan`) enters the record, as it was reworded."""
    case = sitting.case

    def made(version: int) -> Record:
        # Versions are counted by signings; a plan by itself knows its round alone.
        numbered = replace(plan or sitting.walk.plan(), version=version)
        return record(numbered, names=_names(desk), **_choices(sitting, chosen))

    found = made(case.version)
    if plan is None and unchanged(sitting, found.document):
        return made(case.signed[-1].version)
    return found


def _names(desk: Desk) -> Names:
    library = desk.guide.model

    def name(kind: str, id_: str) -> str:
        entry = library.advised(kind).get(id_)
        return entry.name if entry is not None else id_.replace("_", " ")

    return name


def _choices(sitting: Sitting, chosen: Chosen) -> dict[str, Any]:
    """Give what `record` and `record_data` are asked for alike."""
    case = sitting.case
    return {
        "fields": chosen.fields,
        "wording": case.wording,
        "decisions": case.decisions,
        "private": chosen.private,
        "declines": chosen.declines,
        "considered": chosen.considered,
    }


@dataclass(frozen=True, slots=True)
class Handed:
    """A file to be handed on."""

    blob: bytes
    kind: str
    name: str


def written(form: str, desk: Desk, sitting: Sitting, chosen: Chosen) -> Handed | None:
    """Write the record in a format; None for a calendar entry where no day is set, or a format there is not."""
    plan, made = sitting.walk.plan(), recorded(desk, sitting, chosen)
    foot = foot_of(sitting, made.document)
    stem = f"plan-{plan.date}"
    match form:
        case "txt":
            return Handed(text.render(made.document).encode(), "text/plain; charset=utf-8", f"{stem}.txt")
        case "md":
            return Handed(
                markdown.render(made.document).encode(), "text/markdown; charset=utf-8", f"{stem}.md"
            )
        case "json":
            numbered = replace(plan, version=_version(sitting, made.document))
            data = record_data(numbered, names=_names(desk), **_choices(sitting, chosen))
            blob = (dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
            return Handed(blob, "application/json", f"{stem}.json")
        case "pdf":
            from goldenthread.export.pdf import to_pdf  # noqa: PLC0415 -- heavy

            return Handed(to_pdf(made.document, foot), "application/pdf", f"{stem}.pdf")
        case "docx":
            from goldenthread.export.docx import to_docx  # noqa: PLC0415 -- heavy

            return Handed(to_docx(made.document, foot, plan.date), DOCX, f"{stem}.docx")
        case "ics":
            from goldenthread.export.calendar import review_entry  # noqa: PLC0415 -- heavy

            entry = review_entry(plan, sitting.case_id)
            return Handed(entry, "text/calendar; charset=utf-8", "review.ics") if entry is not None else None
    return None


def foot_of(sitting: Sitting, document: Document) -> str:
    """Give the line at the foot of a page of the record: which version it is, and whether it is signed."""
    plan = replace(sitting.walk.plan(), version=_version(sitting, document))
    return footer(plan, signature(sitting, document))


def _version(sitting: Sitting, document: Document) -> int:
    same = unchanged(sitting, document)
    return sitting.case.signed[-1].version if same else sitting.case.version


def unchanged(sitting: Sitting, document: Document) -> bool:
    """Say whether the plan says what the one that was signed last says; its day and version are no part of that."""
    if not sitting.case.signed:
        return False
    parts = compare(sitting.case.signed[-1].text, text.render(document))
    return all(part.state == "same" for part in parts if part.heading != TOP)


def signature(sitting: Sitting, document: Document) -> str:
    """Say by whom and when the plan was signed as it stands, or that it has changed since; nothing where never."""
    signed = sitting.case.signed[-1] if sitting.case.signed else None
    if signed is None:
        return ""
    if unchanged(sitting, document):
        return by(signed)
    return f"not signed: changed since version {signed.version} was signed on {day(signed.on)}"


def by(signed: SignedPlan) -> str:
    """Say of a signed plan by whom and when."""
    who = f" by {signed.by}" if signed.by else ""
    return f"version {signed.version} signed {day(signed.on)}{who}"
