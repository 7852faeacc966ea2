"""What two small vignettes look like in every format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from export_plans import SMALL, small_plan

from goldenthread.export import FORMATS, export

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("format_", FORMATS)
def test_a_document_reads_as_it_should(name, format_, golden):
    text = export(small_plan(name), format_)
    # The digest of the small library is not what these files are about.
    text = re.sub(rf"\b{small_plan(name).content}\b", "0000000000000000", text)
    golden(GOLDEN / f"{name}.{format_}{FORMATS[format_].suffix}", text)
