"""Where case files lie, and a folder of them as a store."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.case.errors import CaseError, ConflictError, NoCaseError
from goldenthread.case.events import apply, replay
from goldenthread.case.file import CaseFile
from goldenthread.case.store import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.case.events import Event
    from goldenthread.case.model import Case

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def default_folder() -> Path:
    """Give the folder for the case files of the person who is logged in; made, for them alone, if need be."""
    import platformdirs  # noqa: PLC0415 -- needed only where no path was given

    folder = platformdirs.user_data_path("goldenthread") / "cases"
    private_folder(folder)
    return folder


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner can open; one that is there is closed to others."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        reason = error.strerror or "it cannot be made"
        raise CaseError(f"the folder {folder} cannot be used: {reason}", "give another folder") from None


def inside_git(path: str | Path) -> Path | None:
    """Give the git work tree that a path lies in, or None. What lies in one is easily shared by mistake."""
    start = Path(path).expanduser().resolve()
    return next((folder for folder in (start, *start.parents) if _is_work_tree(folder)), None)


def _is_work_tree(folder: Path) -> bool:
    return os.path.lexists(folder / ".git")


class FolderStore:
    """A folder of case files as a store: `anna` is kept in `anna.yaml`. Events themselves are not kept."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def path(self, case_id: str) -> Path:
        """Give the file of a case. Raises CaseError for an id that makes no safe file name."""
        if not _ID.fullmatch(case_id):
            raise CaseError(f"`{case_id}` cannot name a case", "take the letters a to z, digits, `-` and `_`")
        return self.folder / f"{case_id}.yaml"

    def ids(self) -> list[str]:
        """Give the ids of the cases that are there."""
        if not self.folder.is_dir():
            return []
        found = (path.stem for path in self.folder.glob("*.yaml") if path.is_file())
        return sorted(id_ for id_ in found if _ID.fullmatch(id_))

    def load(self, case_id: str) -> tuple[Case, str]:
        """Give a case and its version."""
        file = CaseFile.open(self.path(case_id))
        return file.case, file.fingerprint

    def append(self, case_id: str, events: Sequence[Event], expected: str) -> str:
        """Add events to a case, or begin one where `expected` is NOTHING; give the new version."""
        path = self.path(case_id)
        if expected == NOTHING:
            case = replay(events)
            private_folder(self.folder)
            return CaseFile.create(path, case).fingerprint
        try:
            file = CaseFile.open(path)
        except NoCaseError:
            raise ConflictError(f"the case `{case_id}` is no longer there; nothing was written") from None
        if file.fingerprint != expected:
            message = f"the case `{case_id}` was changed by somebody else; nothing was written"
            raise ConflictError(message, "load it again")
        case = file.case
        for event in events:
            case = apply(case, event)
        file.save(case)
        return file.fingerprint
