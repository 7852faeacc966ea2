"""Whether any file of a library was saved, added or taken away since it was last looked at."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from goldenthread.loading import vignette_files
from goldenthread.loading.files import library_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Standing = frozenset[tuple[str, int, int, int]]
"""Each file with the time at which it was written, its size, and its number on the disk."""


def standing(folders: Sequence[Path]) -> Standing:
    """Look at the files of some libraries, vignettes among them, without reading any.

    This is asked for by a page that is open, and by nothing else, so where nobody looks the disk has its peace. A
    hundred files take some five milliseconds, from memory. Notices of the system would be cheaper still, but they do
    not come from folders on a network, in a container or kept in step by another program, where content is often kept.
    """
    found = []
    for path in _files(folders):
        with suppress(OSError):  # it went away meanwhile, and so is not there
            about = path.stat()
            found.append((str(path), about.st_mtime_ns, about.st_size, about.st_ino))
    return frozenset(found)


def _files(folders: Sequence[Path]) -> list[Path]:
    files = []
    for folder in folders:
        if folder.is_dir():
            with suppress(OSError):  # as above: a folder
                files += [*library_files(folder), *vignette_files(folder)]
        else:
            files.append(folder)
    return files
