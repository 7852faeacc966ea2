"""Puts cases into a store as if they had been walked, and prints their ids: [name, vignette, code, question] each."""

from __future__ import annotations

import datetime
import json
import os
import sys

from cases import kept

from goldenthread.session import load
from goldenthread.store import open_store
from goldenthread.web.desk import Desk

desk = Desk(load()[0], open_store(), datetime.date.fromisoformat(os.environ["ON_DAY"]))
wanted = json.loads(sys.argv[1])
print(json.dumps({name: kept(desk, vignette, code, until) for name, vignette, code, until in wanted}))
