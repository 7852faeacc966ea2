"""Flowcharts in a page: each box found, pressed and read out; arrows with words; nothing that a policy forbids."""

from __future__ import annotations

import html

import pytest
from pages import contrasts, ids, links, parsed, squeezed, words

from goldenthread.draw import drawings, extract, on_page
from goldenthread.draw.diagram import Arrow, Box, Diagram, Group
from goldenthread.draw.page import box_id, to_page
from small import shipped_library

LIBRARY = shipped_library()


def address(box):
    return f'/library/{box}?from=a&to="b"'


@pytest.mark.parametrize("what", drawings(LIBRARY))
def test_each_box_is_a_link_with_a_name_and_an_id_of_its_own(what):
    diagram = extract(LIBRARY, what)
    root = parsed(on_page(LIBRARY, what, links=address, prefix="p-"))
    found = links(root)
    # What opens the risk guide stands where it is come to, before that.
    assert sorted(found) == sorted(box_id("p-", box.id) for box in diagram.boxes)
    assert len(ids(root)) == len(set(ids(root)))
    for box in diagram.boxes:
        link = found[box_id("p-", box.id)]
        assert link.get("href") == address(box.id)
        said = squeezed(" ".join((box.heading, *box.text)))
        assert said
        assert squeezed(words(link)) == said
        assert said in squeezed(link.get("aria-label"))


@pytest.mark.parametrize("what", drawings(LIBRARY))
def test_arrows_keep_their_words(what):
    diagram = extract(LIBRARY, what)
    root = parsed(on_page(LIBRARY, what))
    edges = [e for e in root.iter() if (e.get("class") or "").startswith("edge")]
    drawn = sorted(squeezed(words(edge)) for edge in edges)
    assert drawn == sorted(squeezed(arrow.text) for arrow in diagram.arrows)


@pytest.mark.parametrize("state", ["plain", "laid over"])
@pytest.mark.parametrize("what", LIBRARY.flowcharts)
def test_texts_are_dark_enough_on_their_ground(what, state):
    chart = LIBRARY.flowcharts[what]
    path = [f"{what}.{chart.start}"] if state == "laid over" else []
    found = contrasts(parsed(on_page(LIBRARY, what, path=path)))
    assert found
    assert not [(ratio, text) for ratio, text in found if ratio < 4.5]


def test_drawings_with_different_prefixes_share_no_id():
    one, other = (parsed(on_page(LIBRARY, "safety", prefix=prefix)) for prefix in ("one-", "two-"))
    assert not set(ids(one)) & set(ids(other))


def test_a_box_that_leads_nowhere_is_no_link_and_keeps_its_name():
    root = parsed(on_page(LIBRARY, "safety", links=lambda box: "/x" if box == "safety.session_place" else ""))
    assert list(links(root)) == ["box-safety.session_place"]
    alone = [e for e in root.iter() if e.get("id") == "box-safety.self_harm"]
    assert alone[0].get("role") == "img"
    assert alone[0].get("aria-label").startswith("2.5 ")


def test_where_a_box_leads_is_read_out_with_the_condition():
    root = parsed(on_page(LIBRARY, "safety", links=address))
    about = links(root)["box-safety.session_place"].find("{http://www.w3.org/2000/svg}desc").text
    assert "a remote session: 2.2" in about


def test_the_path_of_a_case_is_read_out():
    root = parsed(on_page(LIBRARY, "safety", links=address, path=["safety.session_place"]))
    found = links(root)
    assert found["box-safety.session_place"].get("aria-label").endswith("on the path of this case)")
    assert "path" not in found["box-safety.self_harm"].get("aria-label")


def test_frames_and_titles_are_drawn_and_awkward_words_stay_words():
    awkward = '<script>alert("&")</script> --> <!-- é'
    boxes = (Box("a b", "ask", awkward, (awkward,)), Box('c"d', "end", text=("done",)))
    diagram = Diagram(
        awkward, boxes, (Arrow("a b", 'c"d', awkward),), (Group("g", "Frame & more", ("a b",)),)
    )
    svg = to_page(diagram, links=lambda box: f"?{box}", titled=True)
    root = parsed(svg)
    assert set(links(root)) == {"box-a_b", 'box-c"d'}
    assert squeezed(awkward) in squeezed(words(root))
    assert "Frame & more" in words(root)
    assert root.get("aria-label") == awkward
    assert html.escape(awkward) in svg


def test_the_same_input_gives_the_same_drawing():
    assert on_page(LIBRARY, "risk", links=address) == on_page(LIBRARY, "risk", links=address)
