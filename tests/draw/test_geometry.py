"""Nothing cropped, nothing overlapping, every word within its box: on the geometry of what is written."""

from __future__ import annotations

import pytest
from generated import chance_library
from measured import drawing, faults

from goldenthread.draw import drawings, extract
from goldenthread.draw.picture import to_picture
from small import shipped_library

LIBRARY = shipped_library()
FACTORS = [id_ for id_, factor in LIBRARY.factors.items() if factor.p == "perpetuating"]


def found_in(diagram):
    return faults(drawing(to_picture(diagram)))


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("what", drawings(LIBRARY))
def test_every_shipped_drawing(what, direction):
    assert found_in(extract(LIBRARY, what, direction=direction, footer="2026-03-02")) == []


@pytest.mark.parametrize("depth", [1, 9])
@pytest.mark.parametrize("what", ["planning", "diagnosis", "conceptualization", "progress_review"])
def test_visits_opened(what, depth):
    assert found_in(extract(LIBRARY, what, depth=depth)) == []


@pytest.mark.parametrize("what", FACTORS)
def test_threads(what):
    assert found_in(extract(LIBRARY, f"factor:{what}")) == []


@pytest.mark.parametrize("node", [node.key for node in LIBRARY.nodes()][::7])
def test_single_nodes(node):
    assert found_in(extract(LIBRARY, f"around:{node}")) == []
    assert found_in(extract(LIBRARY, f"to:{node}")) == []


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize(("nodes", "seed"), [(40, 1), (300, 2), (300, 3)])
def test_generated(nodes, seed, direction, tmp_path):
    library = chance_library(tmp_path, nodes, seed)
    assert found_in(extract(library, "chance", direction=direction)) == []
