"""The command `goldenthread`, standing on the day that the environment names."""

from __future__ import annotations

import datetime
import os

from goldenthread.cli import main
from goldenthread.web import practice

practice.the.today = datetime.date.fromisoformat(os.environ["ON_DAY"])
main()
