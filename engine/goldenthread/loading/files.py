"""Which files make a library, and where the shipped ones lie."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDERS = ("flowcharts", "goalbank")
APART = "vignettes"
_SUFFIXES = {".yaml", ".yml"}


def shipped() -> Path:
    """Give the folder that holds the shipped `flowcharts`, `goalbank` and `schemas`."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parents[1]


def schemas() -> Path:
    """Give the folder of the JSON Schemas."""
    return shipped() / "schemas"


def library_files(folder: Path) -> list[Path]:
    """Give the YAML files of a library in a fixed order; vignettes are kept apart."""
    return [path for root in _roots(folder) for path in _yaml_files(root) if not _apart(path, root)]


def vignette_files(folder: Path) -> list[Path]:
    """Give the vignettes of a library."""
    return [path for root in _roots(folder) for path in _yaml_files(root) if _apart(path, root)]


def in_library(path: Path, folder: Path, *, vignettes: bool = False) -> bool:
    """Say whether a path is where a file of a library would lie, or with `vignettes`, a vignette; not if hidden."""
    return any(
        path.is_relative_to(root)
        and path.suffix.lower() in _SUFFIXES
        and _apart(path, root) is vignettes
        and not _hidden(path, root)
        for root in _roots(folder)
    )


def _roots(folder: Path) -> list[Path]:
    """Give the folders that hold a library: its `flowcharts` and `goalbank`, or the folder itself."""
    return [folder / name for name in FOLDERS if (folder / name).is_dir()] or [folder]


def _apart(path: Path, root: Path) -> bool:
    return APART in path.relative_to(root).parts


def _yaml_files(root: Path) -> Iterable[Path]:
    found = (path for path in root.rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())
    return sorted(path for path in found if not _hidden(path, root))


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def shown(path: Path) -> str:
    """Give a path as a person would write it: relative to the working folder where it lies below it."""
    whole, here = os.path.abspath(path), os.getcwd()  # noqa: PTH100, PTH109 -- called for every file, and pathlib is slow
    inside = whole.startswith(here + os.sep)
    return (whole[len(here) + 1 :] if inside else whole).replace(os.sep, "/")
