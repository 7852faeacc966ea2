"""What a code of a finding means, with a sample that has the fault and the same sample mended."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill, indent

_ANOTHER = "# another file of the library\n"


@dataclass(frozen=True, slots=True)
class Sample:
    """One authored file, and what it needs around it."""

    text: str | bytes | None
    """The file; None where there is none."""
    beside: str | tuple[str, ...] = ()
    """Other files of the same library."""
    under: str = ""
    """A file of the earlier library that this one is laid over."""
    size: int = 0
    """The bytes that the file is to be filled up to, where it is too long to show."""

    @property
    def others(self) -> tuple[str, ...]:
        """The other files of the same library."""
        return (self.beside,) if isinstance(self.beside, str) else self.beside

    def shown(self) -> str:
        """Give the sample as a person reads it."""
        return "\n\n".join(self.parts())

    def mending(self, other: Sample) -> str:
        """Give it without the files that another sample has as well, if it has any."""
        theirs = other.parts()
        parts = [part for part in self.parts() if part not in theirs]
        if len(parts) < len(self.parts()):
            # Which file it is, is said by what is in it.
            parts = [part.removeprefix(_ANOTHER) for part in parts]
            parts.append("# the rest stays as it is")
        return "\n\n".join(parts)

    def parts(self) -> list[str]:
        """Give each file as a person reads it."""
        if self.text is None:
            return ["(there is no such file)"]
        text = self.text.decode("ascii", "backslashreplace") if isinstance(self.text, bytes) else self.text
        if self.size:
            text += f"… and so on, {self.size:,} bytes in all"
        parts = [text.replace("\t", "→").rstrip()]
        parts += [_ANOTHER + other.rstrip() for other in self.others]
        if self.under:
            parts.append("# the earlier library holds\n" + self.under.rstrip())
        return parts


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the catalogue. `level` is how its findings are reported."""

    code: str
    title: str
    means: str
    fails: Sample
    passes: Sample
    level: str = "error"

    def explain(self) -> str:
        """Say what the code means, with both samples."""
        return "\n".join(
            [
                f"{self.code}: {self.title}",
                "",
                fill(self.means, 88),
                "",
                f"{self.code} is reported here:",
                "",
                indent(self.fails.shown(), "    "),
                "",
                "Mended:",
                "",
                indent(self.passes.mending(self.fails), "    "),
                "",
            ]
        )


def flowchart(nodes: str, *, head: str = "") -> str:
    """Give the text of a small flowchart around nodes, for samples."""
    return (
        f"flowchart: first_talk\ntitle: First talk\nphase: problem\npurpose: Begin.\nstart: opening\n"
        f"review: {{status: draft}}\n{head}nodes:\n{indent(nodes, '  ')}"
    )


def at_each_place(visit: str) -> str:
    """Give nodes that run a flowchart for each of a list, for samples; `visit` is what else stands at the visit."""
    return (
        "opening:\n  number: 1.1\n  ask: Where does it happen?\n  as: place\n  next: each_place\n"
        f"each_place:\n  visit: one_place\n  each: place\n{visit}done:\n  end: Begun\n"
    )


def bank(kind: str, entries: str) -> str:
    """Give the text of a small bank file around entries, for samples."""
    return f"{kind}: sample\nreview: {{status: draft}}\nentries:\n{indent(entries, '  ')}"
