"""What an edit changes in outcomes: cases walked over both libraries, each change once, with the fewest answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goldenthread.model import ADVISED
from goldenthread.trial.choices import Meaning
from goldenthread.trial.content import Edit, edits
from goldenthread.trial.differ import LATER_SETTINGS, Differ, Trial
from goldenthread.trial.finding import Finding, finding_of, grouped
from goldenthread.trial.generate import Aim, Generator
from goldenthread.trial.renames import Renames
from goldenthread.trial.settled import Settled, settled, unsettled
from goldenthread.walk import Round, Settings, rounds_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from goldenthread.trial.change import Change
    from goldenthread.trial.vignette import Vignette
    from goldenthread.walk import Program


@dataclass(frozen=True, slots=True)
class Difference:
    """Two libraries held against each other: what was edited, and which outcomes that changes."""

    before: Program
    after: Program
    renames: Renames
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    vignettes: int
    walks: int
    later: tuple[str, ...]
    """New questions that were left for later in cases answered before the change."""
    follows: tuple[Settled, ...] = ()
    """What follows from each edit that an outcome can follow from."""

    @property
    def certain(self) -> bool:
        """Whether no outcome can have changed, whatever is answered: none follows from any edit."""
        return not self.findings and all(one.follows == "nothing" for one in self.follows)

    @property
    def undecided(self) -> tuple[Edit, ...]:
        """The edits that no case was found for, and none was excluded."""
        return tuple(one.edit for one in self.follows if one.follows == "unknown")


def difference(  # noqa: PLR0913 -- each is an option of the command line
    before: Program,
    after: Program,
    vignettes: tuple[Sequence[Vignette], Sequence[Vignette]] = ((), ()),
    *,
    roots: Sequence[str] = ("planning",),
    walks: int = 600,
    seed: int = 0,
    prove: bool = True,
    progress: Callable[[str, int, int], None] = lambda what, done, whole: None,  # noqa: ARG005 -- nobody is told
) -> Difference:
    """Hold two libraries against each other, over the vignettes of both and `walks` walks made up.

    Then the prover is asked for answers that show what the walks did not, unless `prove` says not to: a library in
    which a rule finds errors cannot be proven.
    The same libraries, vignettes and seed give the same difference.
    """
    renames = Renames(before, after)
    found = edits(before.library, after.library, renames)
    if not any(edit.settles for edit in found):
        return Difference(before, after, renames, tuple(found), (), len(vignettes[1]), 0, ())
    differ = Differ(before, after, renames, {edit.id for edit in found if edit.settles})
    shown: dict[Change, list[int]] = {}
    trials: list[Trial] = []
    later: dict[str, None] = {}
    whole = len(vignettes[0]) + walks
    for trial in _vignettes(differ, *vignettes):
        _try(differ, trial, trials, shown, later)
    tried = len(trials)
    for n, trial in enumerate(_made_up(differ, found, roots, walks, seed), 1):
        _try(differ, trial, trials, shown, later)
        progress("walked", n, whole)
    asked = [edit for edit in found if edit.settles]
    follows = []
    for n, one in enumerate(settled(differ, asked) if prove else unsettled(asked), 1):
        for trial in one.trials:
            _try(differ, trial, trials, shown, later)
        follows.append(one)
        progress("asked", n, len(asked))
    groups = grouped(shown)
    findings = []
    for n, group in enumerate(groups, 1):
        findings.append(finding_of(differ, group, trials))
        progress("reduced", n, len(groups))
    return Difference(
        before,
        after,
        renames,
        tuple(found),
        tuple(findings),
        tried,
        sum(not trial.sought for trial in trials) - tried,
        tuple(later),
        tuple(follows),
    )


def _try(
    differ: Differ, trial: Trial, trials: list[Trial], shown: dict[Change, list[int]], later: dict[str, None]
) -> None:
    for change in differ.changes(trial):
        shown.setdefault(change, []).append(len(trials))
        new = change.sort == "asks" and change.after and change.id not in differ.known_before
        if new and trial.forward and differ.after.steps[change.id].node.verb in {"ask", "measure"}:
            later[change.id] = None
    trials.append(trial)


def _vignettes(differ: Differ, before: Sequence[Vignette], after: Sequence[Vignette]) -> Iterator[Trial]:
    """Give the vignettes of before, and those of after that are new."""
    old = {vignette.id for vignette in before}
    for vignettes, program, make in (
        (before, differ.before, differ.forward),
        ([v for v in after if v.id not in old], differ.after, differ.backward),
    ):
        for vignette in vignettes:
            data = vignette.data
            root = data.get("flowchart", "planning")
            settings = Settings(quick=bool(data.get("quick")), rest_later=data.get("rest") == "later")
            trial_root = (
                differ.renames.chart(root) if make == differ.forward else differ.renames.chart_back(root)
            )
            other = differ.after if make == differ.forward else differ.before
            if root in program.charts and trial_root in other.charts:
                yield make(root, rounds_from(data, program), settings, vignette.id)


def _made_up(
    differ: Differ, found: Sequence[Edit], roots: Sequence[str], walks: int, seed: int
) -> Iterator[Trial]:
    """Give walks made up from each root, over before and over after in turn, steered to what was edited."""
    meaning = Meaning(differ.before.library, differ.after.library)
    aims = [aim for edit in found if edit.settles for aim in _aims(edit, differ)]
    sides: list[Iterator[Trial]] = []
    for root in roots:
        earlier = differ.renames.chart_back(root)
        if root in differ.after.charts and earlier in differ.before.charts:
            before = Generator(differ.before, earlier, seed, meaning, aims=aims)
            after = Generator(differ.after, root, seed, meaning, aims=aims)
            sides.append(_trials(before, differ.forward, walks))
            sides.append(_trials(after, differ.backward, walks))
    for n in range(walks if sides else 0):
        yield next(sides[n % len(sides)])


def _trials(
    generator: Generator, make: Callable[[str, Sequence[Round], Settings], Trial], walks: int
) -> Iterator[Trial]:
    for walk, _ in generator.walks(walks):
        yield make(generator.root, _answered(walk.rounds), LATER_SETTINGS)


def _answered(rounds: Sequence[Round]) -> tuple[Round, ...]:
    return tuple(round_ for n, round_ in enumerate(rounds) if round_.answers or n + 1 < len(rounds)) or (
        Round({}),
    )


def _aims(edit: Edit, differ: Differ) -> Iterator[Aim]:
    """Give what tells an edit apart: what was true before and is not after, and the other way."""
    old, new = edit.conditions
    node = edit.id if edit.thing == "node" else ""
    if old is None and new is None:
        yield from [Aim((), node)] if node else _suggesting(edit, differ)
        return
    same = old is not None and new is not None and old.text == new.text
    # What is said against an entry is seen only where something suggests it.
    against = edit.part.startswith(("rule_out", "caution"))
    besides = [aim.wanted for aim in _suggesting(edit, differ)] if against else [()]
    for one, other in ((old, new), (new, old)):
        if one is not None:
            apart = ((other, False),) if other is not None and not same else ()
            yield from (Aim(((one, True), *apart, *beside), node) for beside in besides)


def _suggesting(edit: Edit, differ: Differ) -> Iterator[Aim]:
    """Give what an entry is suggested by, where it was edited in something else."""
    for library in (differ.before.library, differ.after.library):
        entry = library.advised(edit.thing).get(edit.id) if edit.thing in ADVISED else None
        yield from (Aim(((rule.when, True),)) for rule in (entry.suggest if entry else ()))
