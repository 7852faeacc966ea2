"""What is wrong, in steps that come one after the other: one file, what is linked, the whole by rules, the proof."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from goldenthread.check import apply_rules, check_library
from goldenthread.diagnostics import Report
from goldenthread.loading import check_form, kind_of, shown
from goldenthread.loading.workspace import at_once
from goldenthread.source import parse
from goldenthread.trial import check_vignette, read_vignettes
from goldenthread.walk import compile_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from goldenthread.author.lsp.atlas import Sheet
    from goldenthread.author.lsp.positions import Stretch, Text
    from goldenthread.diagnostics import Diagnostic
    from goldenthread.loading import Workspace
    from goldenthread.model import Library
    from goldenthread.prove import Case
    from goldenthread.source import Parsed
    from goldenthread.trial import Vignette

STEPS = ("alone", "linked", "whole", "proven")
_TICKED = re.compile(r"`([^`]+)`")
_MEANT = re.compile(r"did you mean `([^`]+)`\?")
_WRITE = re.compile(r"write `([^`]+)`\Z")
_NEAR = 2000


@dataclass(frozen=True, slots=True)
class Linked:
    """A library that was loaded, with what was read of each file. What is wrong with vignettes stands apart."""

    library: Library
    report: Report
    vignettes: tuple[Vignette, ...]
    beside: tuple[Diagnostic, ...]
    apart: frozenset[str]
    """The files of the vignettes: what is wrong in them keeps nothing from being proven."""
    parsed: Mapping[str, Parsed]

    @property
    def found(self) -> list[Diagnostic]:
        """All that is wrong so far."""
        return [*self.report, *self.beside]


def alone(text: str, name: str) -> list[Diagnostic]:
    """Say what is wrong with one file, whatever stands in others."""
    tree, found, _ = parse(text, name)
    if tree is None:
        return found
    kind, unkind = kind_of(tree)
    return [*found, *unkind, *(check_form(tree, kind) if kind else [])]


def linked(space: Workspace, texts: Mapping[Path, str]) -> Linked:
    """Load a library with texts in the place of files, and read its vignettes."""
    library, report = space.load(texts)
    files = space.vignettes()
    vignettes, found, held = read_vignettes(files, space.read)
    report.texts.update(held)
    apart = frozenset(map(shown, files))
    return Linked(library, report, tuple(vignettes), tuple(found), apart, space.parsed)


def whole(held: Linked, between: Callable[[], None] = at_once) -> list[Diagnostic]:
    """Say all that is wrong but for what has to be proven. `between` is called between the parts of it."""
    library, report = held.library, _copy(held.report)
    sound = not report.errors and bool(library.flowcharts)
    apply_rules(library, report, between)
    report.extend(held.beside)
    if sound:
        program = compile_library(library)
        for vignette in held.vignettes:
            between()
            report.extend(check_vignette(program, vignette).found)
    return list(report)


Cases = tuple["Case", ...]
"""Answers that an earlier proof found."""


def proven(held: Linked, cases: Cases = ()) -> tuple[list[Diagnostic], Cases]:
    """Say all that a proof finds, and give the answers that make the next one fast. As one types, it takes long."""
    report = _copy(held.report)
    proof = check_library(held.library, report, cases)
    return list(report), proof.cases if proof is not None else cases


def _copy(report: Report) -> Report:
    return Report(list(report.found), report.texts)


@dataclass
class Findings:
    """What was found last in each step, and of which texts. What comes of an older text is moved to the new one."""

    found: dict[str, dict[str, list[Diagnostic]]] = field(
        default_factory=lambda: {step: {} for step in STEPS}
    )
    texts: dict[str, Mapping[str, str]] = field(default_factory=lambda: {step: {} for step in STEPS})

    def put(self, step: str, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
        """Keep what a step found. Of one file alone, the others stay as they were."""
        held: defaultdict[str, list[Diagnostic]] = defaultdict(list)
        for diagnostic in found:
            held[diagnostic.span.file].append(diagnostic)
        if step == "alone":
            self.found[step] |= {name: held.get(name, []) for name in texts}
            self.texts[step] = {**self.texts[step], **texts}
            return
        if step == "proven":
            held = defaultdict(
                list, {name: [d for d in one if d.code[0] == _PROVEN] for name, one in held.items()}
            )
        self.found[step], self.texts[step] = dict(held), texts
        # A step says all that those before it say; what a later one said stays until it speaks again.
        at = STEPS.index(step)
        for earlier in STEPS[:at] if step != "proven" else ():
            self.found[earlier], self.texts[earlier] = {}, {}
        said = _LINKING if step == "linked" else _LINKING + _RULED if step == "whole" else ""
        for later in STEPS[at + 1 :]:
            kept = {
                name: [d for d in one if d.code[0] not in said] for name, one in self.found[later].items()
            }
            self.found[later] = kept

    @property
    def files(self) -> set[str]:
        """The files of which anything is said."""
        return {name for held in self.found.values() for name, one in held.items() if one}

    def has_form(self, name: str) -> bool:
        """Say whether something is said of a file that it alone can be cleared of."""
        return any(one.code[0] in _FORMS for held in self.found.values() for one in held.get(name, ()))

    def of(self, name: str, text: str | None) -> list[Diagnostic]:
        """Give what is known of a file whose text is now this one."""
        fresh = name in self.found["alone"]
        gathered: set[Diagnostic] = set()
        for step in STEPS:
            held = self.found[step].get(name, [])
            if fresh and step != "alone":
                held = [d for d in held if d.code[0] not in _FORMS]
            before = self.texts[step].get(name)
            gathered.update(held if text is None or before is None else moved(held, before, text))
        return sorted(gathered, key=lambda d: d.key)


_FORMS = "SF"
"""Codes that one file alone can have."""
_LINKING = "SFCR"
"""Codes of what is found before the rules are applied."""
_RULED = "GKV"
"""Codes of what rules find, and of vignettes."""
_PROVEN = "P"
"""Codes of what a proof finds."""


def moved(found: list[Diagnostic], before: str, now: str) -> list[Diagnostic]:
    """Give findings at their places in a newer text; those on lines that have changed are left out."""
    if before == now or not found:
        return found
    old, new = before.splitlines(), now.splitlines()
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    out = []
    for one in found:
        if one.span.line <= head:
            out.append(one)
        elif one.span.line > len(old) - tail:
            line = one.span.line + len(new) - len(old)
            out.append(replace(one, span=one.span._replace(line=line)))
    return out


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend what was found: new text for a stretch."""

    at: Stretch
    text: str


def fix(message: str, help_: str, at: Stretch, text: str, one: Sheet | None) -> Fix | None:
    """Give the change that a finding proposes: `did you mean`, or `write` in the place of the very words."""
    said = _TICKED.findall(message)
    meant = _MEANT.search(help_)
    here = text[at.start : at.end]
    if meant is None:
        write = _WRITE.match(help_)
        return Fix(at, write[1]) if write and here in said else None
    for wrong, right in ((here, meant[1]), (here[1:-1], f"{{{meant[1]}}}")):
        if wrong in said or f"{{{wrong}}}" in message or any(one.endswith(f": {wrong}") for one in said):
            return Fix(at, right)
    # The words of a text that is folded over lines: the place is where the text begins.
    for mention in one.mentions if one is not None and one.text == text else ():
        if mention.id in said and at.start <= mention.at.start < at.start + _NEAR:
            return Fix(mention.at, meant[1])
    return None


def stretch_of(diagnostic: Diagnostic, text: Text) -> Stretch:
    """Give where a finding stands in a text."""
    return text.stretch(diagnostic.span)


def more(before: list[Diagnostic], after: list[Diagnostic]) -> list[Diagnostic]:
    """Give what is found afterwards, of codes that are found more often than before."""
    counts = Counter(one.code for one in before)
    counts.subtract(one.code for one in after)
    return [one for one in after if counts[one.code] < 0]
