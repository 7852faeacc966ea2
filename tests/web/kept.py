"""Prints what a store keeps, as JSON: for each case its rounds, its plan as text, and its drafts by question."""

from __future__ import annotations

import datetime
import json
import os

from goldenthread.export import export
from goldenthread.session import load
from goldenthread.store import open_store
from goldenthread.web.desk import Desk

store = open_store()
desk = Desk(load()[0], store, datetime.date.fromisoformat(os.environ["ON_DAY"]))
found = {}
for kept in store.all():
    sitting = desk.sit(kept.id)
    walk = sitting.walk.walk
    found[sitting.case.client] = {
        "id": kept.id,
        "version": sitting.version,
        "rounds": [{"answers": dict(r.answers), "opened": list(r.opened)} for r in sitting.case.rounds],
        "at": walk.at,
        "draft": store.draft(kept.id, walk.at) if walk.at else None,
        "declined": [d.id for d in sitting.case.decisions if d.verdict == "declined"],
        "plan": export(sitting.walk.plan()),
    }
print(json.dumps(found))
