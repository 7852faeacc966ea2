"""YAML files to a linked Library and a Report of what is wrong."""

from goldenthread.loading.facts import instrument_facts, main_scale
from goldenthread.loading.files import schemas, shipped, shown, vignette_files
from goldenthread.loading.library import load
from goldenthread.loading.schema import check_form, kind_of, schema
from goldenthread.loading.workspace import Workspace

__all__ = [
    "Workspace",
    "check_form",
    "instrument_facts",
    "kind_of",
    "load",
    "main_scale",
    "schema",
    "schemas",
    "shipped",
    "shown",
    "vignette_files",
]
