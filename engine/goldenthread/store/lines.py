"""A row of a table as a line of JSON, the same from either database."""

from __future__ import annotations

import base64
import datetime
import json
from typing import TYPE_CHECKING, Any

from django.db.models import AutoField

from goldenthread.store.models import CaseRow, DraftRow, EventRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field

Row = CaseRow | EventRow | DraftRow
PARTS: dict[str, type[Row]] = {"cases": CaseRow, "events": EventRow, "drafts": DraftRow}
"""What is backed up, in the order in which it is restored. A standing is derived, and left out."""
_ORDER = {CaseRow: ("id",), EventRow: ("case_id", "seq"), DraftRow: ("case_id", "key")}


def lines(table: type[Row], using: str) -> Iterator[bytes]:
    """Give every row of a table as a line."""
    names = [field.attname for field in _fields(table)]
    found = table._default_manager.using(using).order_by(*_ORDER[table]).values_list(*names)
    for row in found.iterator(chunk_size=500):
        data = dict(zip(names, map(_plain, row), strict=True))
        yield json.dumps(data, separators=(",", ":")).encode() + b"\n"


def from_line(table: type[Row], line: bytes) -> Row:
    """Read a row. Raises ValueError for a line that is none of this table."""
    data = json.loads(line)
    fields = _fields(table)
    if not isinstance(data, dict) or data.keys() != {field.attname for field in fields}:
        raise ValueError(table._meta.db_table)
    try:
        return table(**{field.attname: _value(field, data[field.attname]) for field in fields})
    except (TypeError, AttributeError):
        raise ValueError(table._meta.db_table) from None


def _fields(table: type[Row]) -> list[Field[Any, Any]]:
    return [field for field in table._meta.concrete_fields if not isinstance(field, AutoField)]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime.datetime) else value


def _value(field: Field[Any, Any], value: Any) -> Any:
    kind = field.get_internal_type()
    if kind == "BinaryField":
        return base64.b64decode(value, validate=True)
    return datetime.datetime.fromisoformat(value) if kind == "DateTimeField" else value
