"""A clinic's own Word template: filled with the record; wrong ones named with their tag; nothing else reached."""

from __future__ import annotations

import io
import sys
import zipfile

import docx
import pytest
from export_plans import ALL, plan_of, small_plan

from goldenthread.export import FIELDS
from goldenthread.export.document import Document, Item, Para, Section
from goldenthread.export.extra import MissingExtraError
from goldenthread.export.record import footer, record
from goldenthread.export.tags import TemplateProblem
from goldenthread.export.template import filled, words_of

PLAN = small_plan("full")
RECORD = record(PLAN).document


def template(*paragraphs, header="", table=(), **about):
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    if table:
        grid = made.add_table(0, len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    made.core_properties.author = "Clinic Secretary"
    made.core_properties.last_modified_by = "Clinic Secretary"
    for name, value in about.items():
        setattr(made.core_properties, name, value)
    blob = io.BytesIO()
    made.save(blob)
    return blob.getvalue()


def fill(blob, document=RECORD, plan=PLAN):
    return filled(blob, "clinic.docx", plan, document, footer(plan))


def read(made):
    assert isinstance(made, bytes), made
    return docx.Document(io.BytesIO(made))


def paragraphs(made):
    return [p.text for p in read(made).paragraphs]


def wrong(*paragraphs_, **more):
    found = fill(template(*paragraphs_, **more))
    assert isinstance(found, TemplateProblem), "it was filled in"
    assert found.template == "clinic.docx"
    return found


@pytest.mark.parametrize("name", FIELDS)
def test_each_part_is_there_as_a_text_and_as_lines(name):
    document = record(PLAN, fields=FIELDS, considered=True).document
    section = next((s for s in document.sections if s.name == name), None)
    lines = [] if section is None else words_of(PLAN, document)["lines"][name]
    blob = template(
        f"{{{{ plan.{name} }}}}|", f"{{%p for line in plan.lines.{name} %}}", "{{ line }}", "{%p endfor %}"
    )
    text, *rest = paragraphs(fill(blob, document))
    assert text.removesuffix("|").split("\n") == (lines or [""])
    assert rest == lines
    if section is not None:
        for block in section.blocks:
            assert any(line.endswith(block.text) for line in lines)


@pytest.mark.parametrize("which", ALL, ids="-".join)
def test_any_plan_fills_a_template(which):
    plan = plan_of(which)
    names = sorted(words_of(plan, record(plan).document).keys() - {"lines"})
    blob = template(*(f"{{{{ plan.{name} }}}}" for name in names), header="{{ plan.footer }}")
    made = fill(blob, record(plan).document, plan)
    words = words_of(plan, record(plan).document, footer(plan))
    assert paragraphs(made) == [words[name] for name in names]
    assert read(made).sections[0].header.paragraphs[0].text == footer(plan)


def test_what_was_kept_out_of_the_record_is_empty_in_a_template():
    document = record(PLAN, fields=["problem"]).document
    assert paragraphs(
        fill(template("[{{ plan.goals }}]", "{% if plan.goals %}goals{% else %}none{% endif %}"), document)
    ) == [
        "[]",
        "none",
    ]


def test_rows_of_a_table_repeat():
    table = [["{%tr for line in plan.lines.client_words %}"], ["{{ line }}"], ["{%tr endfor %}"]]
    made = read(fill(template(table=table)))
    assert [row.cells[0].text for row in made.tables[0].rows] == words_of(PLAN, RECORD)["lines"][
        "client_words"
    ]


def test_a_client_who_speaks_in_tags_is_only_quoted():
    said = "{{ plan.goals }} {% for %} <w:p/> & {_{ \x0b {# #}"
    section = Section("problem", "Problem", (Para(said), Item(said, (said,))))
    (text,) = paragraphs(fill(template("{{ plan.problem }}"), Document("T", (), (section,))))
    assert text.count("{{ plan.goals }} {% for %} <w:p/> &") == 3


def test_nobody_is_named_in_the_properties_and_the_same_gives_the_same_bytes():
    blob = template("{{ plan.client }}", title="Plan of {{ plan.client }}")
    about = read(fill(blob)).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.title == "Treatment plan for K7"
    assert fill(blob) == fill(blob)


@pytest.mark.parametrize(
    ("text", "tag", "message", "help_"),
    [
        ("{{ plan.gaols }}", "{{ plan.gaols }}", "there is no `plan.gaols`", "did you mean `plan.goals`?"),
        ("a {{ plan.client }} b {{ client }}", "{{ client }}", "there is no `client`", "`plan.client`"),
        (
            "{% for x in plan.lines.gaols %}{% endfor %}",
            "{% for x in plan.lines.gaols %}",
            "`plan.lines.gaols`",
            "goals",
        ),
        ("{{ plan['gaols'] }}", "{{ plan['gaols'] }}", "there is no `plan.gaols`", "goals"),
        (
            "{% if false %}{{ plan.gaols }}{% endif %}",
            "{{ plan.gaols }}",
            "there is no `plan.gaols`",
            "goals",
        ),
        ("{{ plan.client }", "{{ plan.client }", "unexpected '}'", "each {{ has its }}"),
        ("{{ }}", "{{ }}", "expected an expression", "each {{ has its }}"),
        (
            "{% for x in plan.lines.goals %}{{ x }}",
            "{% for x in plan.lines.goals %}",
            "unexpected end",
            "`endfor`",
        ),
        ("{% if plan.client %}a{% endfro %}", "{% endfro %}", "unknown tag 'endfro'", "`endif`"),
        ("{{ plan.client|uper }}", "{{ plan.client|uper }}", "there is no `uper`", "did you mean `upper`?"),
        ("{{ plan }}", "{{ plan }}", "`plan` is no text", "plan.goals"),
        ("{{ plan.lines }}", "{{ plan.lines }}", "`plan.lines` is no text", "plan.lines.goals"),
        ("{{ plan.goals.first }}", "{{ plan.goals.first }}", "no attribute 'first'", "texts and lists"),
        ("{{ plan.lines.goals[999] }}", "{{ plan.lines.goals[999] }}", "no element 999", "texts and lists"),
        ("{{ plan.goals + 1 }}", "{{ plan.goals + 1 }}", "this tag cannot be filled in", "a text or a list"),
        (
            "{{r plan.goals }}",
            "{{ plan.goals }}",
            "outside the text",
            "write {{ plan.goals }} without a letter",
        ),
        (
            "{{p plan.goals }}",
            "{{ plan.goals }}",
            "outside the text",
            "write {{ plan.goals }} without a letter",
        ),
    ],
)
def test_a_wrong_tag_is_named_with_what_to_do(text, tag, message, help_):
    found = wrong("Before", text, "After")
    assert found.tag == tag
    assert message in found.message
    assert help_ in found.help
    assert str(found) == f"clinic.docx at {tag}: {found.message}; {found.help}"


@pytest.mark.parametrize("part", ["header", "title", "subject", "comments", "author"])
def test_a_wrong_tag_is_found_wherever_it_stands(part):
    assert wrong("fine", **{part: "{{ plan.gaols }}"}).tag == "{{ plan.gaols }}"


ESCAPES = [
    "{{ plan.__class__ }}",
    "{{ plan['__class__'] }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ plan.client.__init__.__globals__ }}",
    "{{ plan|attr('__class__') }}",
    "{{ plan.lines.goals|map(attribute='__class__')|list }}",
    "{{ plan.lines.goals|groupby('__class__')|list }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ get_flashed_messages }}",
    "{{ plan.client.format(plan) }}",
    "{{ '{0.__class__}'.format(plan) }}",
    "{{ '%s' % plan }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ 'a' * 99999999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ plan.client.center(99999999999) }}",
    "{{ plan.client|center(99999999999) }}",
    "{% for x in range(99999999999) %}x{% endfor %}",
    3 * "{% for x in plan.lines.goals %}" + "x" + 3 * "{% endfor %}",
    "{% for x in plan.lines.goals recursive %}{{ loop(plan.lines.goals) }}{% endfor %}",
    "{% set x = plan.goals %}{% set x = x ~ x %}",
    "{% set x %}{{ plan.goals }}{% endset %}",
    "{% with x = plan.goals %}{{ x }}{% endwith %}",
    "{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}",
    "{% call plan() %}{% endcall %}",
    "{% filter upper %}a{% endfilter %}",
    "{% include '/etc/passwd' %}",
    "{% import '/etc/passwd' as x %}",
    "{% from '/etc/passwd' import x %}",
    "{% extends '/etc/passwd' %}",
    "{% block x %}{% endblock %}",
    "{% autoescape false %}{{ plan.goals }}{% endautoescape %}",
    "{{ plan.goals|safe }}",
    "{{ plan.goals|tojson }}",
    "{{ plan.lines.goals.append('x') }}",
    "{{ plan.update({'client': 'x'}) }}",
]


@pytest.mark.parametrize("place", ["body", "header", "title"])
@pytest.mark.parametrize("escape", ESCAPES)
def test_a_template_reaches_nothing_but_the_words_of_the_plan(escape, place):
    found = wrong(escape) if place == "body" else wrong("fine", **{place: escape})
    assert found.tag
    assert found.help


def test_no_message_quotes_the_plan():
    section = Section("problem", "Problem", (Para("a client's secret"),))
    for text in (
        "{{ plan.problem + 1 }}",
        "{{ plan.problem.x }}",
        "{{ plan.lines.problem[7] }}",
        "{{ plan.lines.problem.x }}",
    ):
        found = fill(template(text), Document("T", (), (section,)))
        assert isinstance(found, TemplateProblem)
        assert "secret" not in str(found)


def test_what_may_be_used_works():
    text = (
        "{{ plan.client|upper }} {{ plan.lines.goals|length > 1 }} {{ plan.lines.client_words|join(' / ') }}"
    )
    (line,) = paragraphs(fill(template(text)))
    assert line == f"K7 True {' / '.join(words_of(PLAN, RECORD)['lines']['client_words'])}"
    loop = (
        "{% for x in plan.lines.goals %}{% if loop.first %}{{ loop.index }}. {{ x }}{% endif %}{% endfor %}"
    )
    assert paragraphs(fill(template(loop))) == [f"1. {words_of(PLAN, RECORD)['lines']['goals'][0]}"]


def _zip(**files):
    blob = io.BytesIO()
    with zipfile.ZipFile(blob, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in files.items():
            parts.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return blob.getvalue()


@pytest.mark.parametrize(
    ("blob", "message"),
    [
        (b"", "no Word document"),
        (b"not a zip", "no Word document"),
        (b"PK\x03\x04 broken", "no Word document"),
        (_zip(some_xml="x"), "no Word document"),
        (_zip(word__document_xml="<broken"), "cannot be filled in"),
        (_zip(word__document_xml="0" * 30_000_000), "too large"),
        (template("x")[:-100], "no Word document"),
    ],
    ids=range(7),
)
def test_what_is_no_template_is_said_plainly(blob, message):
    found = fill(blob)
    assert isinstance(found, TemplateProblem)
    assert message in found.message
    assert found.help


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(MissingExtraError, match="template needs the library docxtpl"):
        fill(template("x"))
