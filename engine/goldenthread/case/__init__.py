"""The case of one client: what was answered, decided and noted; its file; and what a store must do."""

from goldenthread.case.carry import Note, carry_over
from goldenthread.case.decide import decide, declined, facts_behind, stands
from goldenthread.case.errors import CaseError, ConflictError, EventError, NoCaseError
from goldenthread.case.events import (
    Answered,
    Archived,
    Began,
    CarriedOver,
    Decided,
    Event,
    Forgotten,
    Imported,
    Opened,
    PathChosen,
    Renamed,
    Reworded,
    RoundBegun,
    SessionNoted,
    Signed,
    apply,
    difference,
    replay,
)
from goldenthread.case.file import CaseFile
from goldenthread.case.folder import FolderStore, default_folder, inside_git
from goldenthread.case.form import FORMAT, event_data, event_from, from_data, to_data
from goldenthread.case.model import Aside, Case, Decision, Rewording, SessionNote, SignedPlan, digest
from goldenthread.case.store import NOTHING, Store

__all__ = [
    "FORMAT",
    "NOTHING",
    "Answered",
    "Archived",
    "Aside",
    "Began",
    "CarriedOver",
    "Case",
    "CaseError",
    "CaseFile",
    "ConflictError",
    "Decided",
    "Decision",
    "Event",
    "EventError",
    "FolderStore",
    "Forgotten",
    "Imported",
    "NoCaseError",
    "Note",
    "Opened",
    "PathChosen",
    "Renamed",
    "Reworded",
    "Rewording",
    "RoundBegun",
    "SessionNote",
    "SessionNoted",
    "Signed",
    "SignedPlan",
    "Store",
    "apply",
    "carry_over",
    "decide",
    "declined",
    "default_folder",
    "difference",
    "digest",
    "event_data",
    "event_from",
    "facts_behind",
    "from_data",
    "inside_git",
    "replay",
    "stands",
    "to_data",
]
