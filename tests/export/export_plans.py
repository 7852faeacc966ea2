"""Plans to export: of an own small library, whose words never change, and of whatever is shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from goldenthread.loading.files import shipped as shipped_folder
from goldenthread.loading.files import vignette_files
from small import guide, shipped

HERE = Path(__file__).parent
SMALL = ("quick", "full")
SHIPPED = {path.stem: path for path in vignette_files(shipped_folder() / "flowcharts")}


def library():
    texts = [path.read_text(encoding="utf-8") for path in sorted((HERE / "data" / "library").glob("*.yaml"))]
    return guide(*texts)


def answers(name):
    return yaml.safe_load((HERE / "data" / "vignettes" / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def small_plan(name):
    return library().from_answers(answers(name)).plan()


@cache
def shipped_plan(name):
    data = yaml.safe_load(SHIPPED[name].read_text(encoding="utf-8"))
    return shipped().from_answers({**data, "today": str(data.get("today", "2026-03-02"))}).plan()


ALL = [*(("small", name) for name in SMALL), *(("shipped", name) for name in SHIPPED)]


def plan_of(which):
    where, name = which
    return small_plan(name) if where == "small" else shipped_plan(name)
