"""New files to begin from: small, commented, and sound at once."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from goldenthread.author.form import form
from goldenthread.loading import schemas

FOLDERS = {
    "flowchart": ("flowcharts", "flowchart"),
    "goal": ("goalbank/goals", "goals"),
    "factor": ("goalbank/factors", "factors"),
    "modality": ("goalbank/modalities", "modalities"),
    "vignette": ("flowcharts/vignettes", "vignette"),
}
"""Each kind of file with the folder that it lies in and the schema that it has."""
KINDS = (*FOLDERS, "library")
_LONGEST = 60
_UP = "../"
_TEMPLATES = Path(__file__).parent / "templates"


def as_id(name: str) -> str:
    """Make an id of a name; empty where the name holds no letter that an id can begin with."""
    letters = (
        unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    )
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_").lstrip("0123456789_")[:_LONGEST].rstrip("_")


def new(kind: str, name: str, number: int) -> dict[str, str]:
    """Give the files that begin something new, by their paths within the library; a flowchart takes the number.

    The first holds what was asked for. Schemas are among them, so that the first line of a file holds anywhere.
    """
    id_ = as_id(name)
    title = " ".join(name.split())
    title = title[:1].upper() + title[1:].replace("_", " ")
    if kind == "library":
        return {"README.md": _filled("README.md", id_, title), **new("flowchart", name, number)}
    folder, schema = FOLDERS[kind]
    place = f"{folder}/{id_}.yaml"
    quoted = '"' + title.replace("\\", "").replace('"', "'") + '"'
    text = _filled(
        f"{kind}.yaml", id_, quoted, _UP * len(Path(folder).parts) + f"schemas/{schema}.schema.json", number
    )
    files = {place: form(text.encode(), place).after}
    for needed in (f"{schema}.schema.json", "common.schema.json"):
        files[f"schemas/{needed}"] = (schemas() / needed).read_text(encoding="utf-8")
    return files


def _filled(template: str, id_: str, title: str, schema: str = "", number: int = 0) -> str:
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    text = text.replace("$schema=SCHEMA", f"$schema={schema}").replace("99", str(number))
    return text.replace("SAMPLE_ID", id_).replace("SAMPLE_TITLE", title)
