"""Filling a template: the office's own words stay, and what is wrong in it is told by its tag."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from graph.errors import BadTemplate
from loaders.word.filling import LARGEST, About, Template, filled
from loaders.word.stock import organisation_template, town_template

ABOUT = About("题目", datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=UTC))
WORDS = {"名称": "定襄法兰", "年份": "2024 年", "数值": [{"指标": "产值", "数值": "2 亿元"}], "空": []}


def template(*paragraphs, name="本办.docx"):
    page = Document()
    for words in paragraphs:
        page.add_paragraph(words)
    made = BytesIO()
    page.save(made)
    return Template(name, made.getvalue())


def told(*paragraphs):
    made = Document(BytesIO(filled(template(*paragraphs), WORDS, ABOUT)))
    return [one.text for one in made.paragraphs]


def fault(*paragraphs):
    with pytest.raises(BadTemplate) as raised:
        filled(template(*paragraphs), WORDS, ABOUT)
    assert str(raised.value).startswith("模板 本办.docx：")
    return str(raised.value)


def test_an_offices_own_template_keeps_its_words():
    loop = ("{%p for 行 in 数值 %}", "{{ 行.指标 }}为{{ 行.数值 }}", "{%p endfor %}")
    assert told("某办：{{ 名称 }}（{{ 年份 }}）", *loop) == ["某办：定襄法兰（2024 年）", "产值为2 亿元"]


def test_an_empty_list_takes_the_other_branch():
    assert told("{% if 空 %}有{% else %}没有{% endif %}") == ["没有"]


@pytest.mark.parametrize(
    ("tag", "name", "meant"), [("{{ 名你 }}", "名你", None), ("{{ 名称们 }}", "名称们", "名称")]
)
def test_an_unknown_field_is_named_with_what_there_is(tag, name, meant):
    said = fault(tag)
    assert f"没有字段“{name}”" in said
    assert (f"是否应为“{meant}”" in said) == (meant is not None)
    assert "可用：名称、年份、数值、空" in said


def test_an_unknown_field_of_a_row_is_named():
    assert "没有字段“单价”" in fault("{%p for 行 in 数值 %}", "{{ 行.单价 }}", "{%p endfor %}")


@pytest.mark.parametrize("condition", ["{% if 没有的 %}x{% endif %}", "{% for 行 in 没有的 %}x{% endfor %}"])
def test_an_unknown_field_is_named_wherever_it_stands(condition):
    assert "没有字段“没有的”" in fault(condition)


def test_an_unknown_tag_is_named():
    assert "没有标签 {% fro %}" in fault("{% fro 行 in 数值 %}")


def test_a_loop_without_an_end_is_told():
    assert "没有结尾" in fault("{%p for 行 in 数值 %}", "{{ 行.指标 }}")


def test_a_tag_that_is_not_closed_is_shown():
    said = fault("开头", "{{ 名称 }")
    assert "标签写得不对" in said
    assert "名称" in said


@pytest.mark.parametrize(
    "tag", ["{{ 名称.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ 名称.format.__globals__ }}"]
)
def test_nothing_of_python_can_be_reached(tag):
    fault(tag)


def test_what_can_not_be_computed_is_told():
    assert "无法计算" in fault("{{ 名称 + 1 }}")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_word_document_is_told(content):
    with pytest.raises(BadTemplate, match="模板 x：不是 Word 文档"):
        filled(Template("x", content), WORDS, ABOUT)


def test_a_zip_that_is_no_word_document_is_told():
    made = BytesIO()
    with ZipFile(made, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(BadTemplate, match="不是 Word 文档"):
        filled(Template("x", made.getvalue()), WORDS, ABOUT)


def test_a_template_that_is_too_large_is_refused():
    with pytest.raises(BadTemplate, match="大于 10 MB"):
        filled(Template("x", bytes(LARGEST + 1)), WORDS, ABOUT)


def test_the_properties_say_when_the_data_were_taken():
    made = Document(BytesIO(filled(template("x"), WORDS, ABOUT)))
    assert made.core_properties.title == "题目"
    assert made.core_properties.modified == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("stock", [town_template, organisation_template])
@pytest.mark.parametrize("rows", [1, 99])
def test_the_stock_templates_can_be_opened_and_saved_by_word_libraries(stock, rows):
    page = Document(BytesIO(stock(rows)))
    assert any("{{ 名称 }}" in cell.text for table in page.tables for row in table.rows for cell in row.cells)
    assert stock(rows) == stock(rows)
