"""Facts and small libraries that several tests begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCREEN = """\
suicidal_thoughts: no
self_harm: no
harm_to_others: no
abuse_now: no
dependant_at_risk: no
unwell_now: [none_of_these]
"""
PANIC = "age: 34\nconcern: [panic]\nworking_diagnosis: [panic_disorder]\nperpetuating: [safety_behaviours, avoidance]\n"


def laid(folder: Path, **files: str) -> None:
    """Write the files of a small library, each by its name."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
