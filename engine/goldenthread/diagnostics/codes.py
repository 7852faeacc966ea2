"""The catalogue of codes: what each finding means, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldenthread.diagnostics.code import Code, Sample
from goldenthread.diagnostics.codes_content import CONTENT
from goldenthread.diagnostics.codes_form import FORM
from goldenthread.diagnostics.codes_graph import GRAPH
from goldenthread.diagnostics.codes_language import LANGUAGE
from goldenthread.diagnostics.codes_proof import PROOF
from goldenthread.diagnostics.codes_reference import REFERENCE
from goldenthread.diagnostics.codes_source import SOURCE
from goldenthread.diagnostics.codes_vignette import VIGNETTE

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODES", "Code", "Sample", "explain"]

AREAS: tuple[tuple[Code, ...], ...] = (
    SOURCE,
    FORM,
    REFERENCE,
    LANGUAGE,
    GRAPH,
    CONTENT,
    VIGNETTE,
    PROOF,
)
"""One tuple an area."""
CODES: Mapping[str, Code] = {code.code: code for area in AREAS for code in area}


def explain(code: str) -> str:
    """Say what a code means. Raises KeyError for a code that there is not."""
    return CODES[code.strip().upper()].explain()
