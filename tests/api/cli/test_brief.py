"""`zhenlian brief`: what is refused before the store is opened, and what is written from a store."""

import pytest
from docx import Document
from typer.testing import CliRunner

from api.cli.main import app
from loaders.load import load_folder

TABLES = {
    "Region": "id,name,level\nregion:140000,山西省,PROVINCE\nregion:140921,定襄县,COUNTY",
    "PART_OF": "from,to\nregion:140921,region:140000",
    "Product": "id,name,category\nproduct:p,法兰坯,COMPONENT",
    "Town": "id,name,level,status\ntown:d,定襄法兰,COUNTY,CANDIDATE",
    "LIES_IN": "from,to\ntown:d,region:140921",
    "Organisation": "id,name,form\norg:f1,王二小家庭农场,FAMILY_FARM\norg:firm,恒跃重工,ENTERPRISE",
    "LOCATED_IN": "from,to\norg:firm,region:140921",
    "MAKES": "from,to\norg:f1,product:p",
    "NEEDS": "from,to,year,value,origin\norg:firm,product:p,2024,20000,COUNTRY",
}


def told(*arguments, **environment):
    return CliRunner().invoke(app, ["brief", *map(str, arguments)], env=environment)


def paragraphs(path):
    return [one.text for one in Document(str(path)).paragraphs]


def test_a_file_that_is_there_stays(tmp_path):
    out = tmp_path / "a.docx"
    out.write_text("mine")
    for arguments in (("town:d", out), ("--template-out", out)):
        done = told(*arguments)
        assert (done.exit_code, out.read_text()) == (2, "mine")
        assert "--force" in done.output


@pytest.mark.parametrize("arguments", [(), ("town:d",), ("town:d", "a.docx", "--template-out", "b.docx")])
def test_what_is_not_given_is_asked_for(arguments):
    done = told(*arguments)
    assert done.exit_code == 2
    assert "请给出标识与要写出的文件" in done.output


def test_another_ending_is_refused(tmp_path):
    done = told("town:d", tmp_path / "a.pdf")
    assert done.exit_code == 2
    assert "文件名应以 .docx 结尾" in done.output


def test_a_template_that_is_not_there_is_told_before_the_store_is_opened(tmp_path):
    done = told("town:d", tmp_path / "a.docx", "--template", tmp_path / "none.docx")
    assert done.exit_code == 2
    assert "模板 none.docx：没有这个文件，或不能读取" in done.output


@pytest.mark.parametrize(("kind", "title", "field"), [(None, "镇画像", "环节"), ("org", "企业画像", "历年")])
def test_the_stock_template_is_given_to_be_edited(tmp_path, kind, title, field):
    out = tmp_path / "t.docx"
    done = told(*([kind] if kind else []), "--template-out", out)
    assert f"{title}的标准模板" in done.output
    assert f"{{%p if {field} %}}" in paragraphs(out)
    assert told("chain", "--template-out", tmp_path / "b.docx").exit_code == 2


@pytest.fixture
async def filled(empty_store, tmp_path, address):
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = await load_folder(empty_store, folder)
    assert report.clean, report.lines()
    return {
        "ZHENLIAN_STORE": address.url,
        "ZHENLIAN_STORE_USER": address.user,
        "ZHENLIAN_STORE_PASSWORD": address.password,
        "ZHENLIAN_DATABASE": address.database,
    }


def test_a_briefing_of_a_store_is_written_by_the_offices_template(filled, tmp_path):
    out, own = tmp_path / "a.docx", tmp_path / "own.docx"
    done = told("town:d", out, "--as-of", 2024, **filled)
    assert (done.exit_code, done.output) == (0, f"已写出 {out}：定襄法兰 镇画像 2024年\n")
    assert "没有已登记的数值。" in paragraphs(out)
    page = Document()
    page.add_paragraph("{{ 名称 }}：{{ 外购 }}")
    page.save(str(own))
    assert told("town:d", out, "--template", own, "--force", **filled).exit_code == 0
    assert paragraphs(out) == [
        "定襄法兰：镇外采购 2 万元（省外 2 万元，其中图外卖方 2 万元），已登记对方 0 家"
    ]


def test_names_of_persons_are_hidden_as_the_settings_say(filled, tmp_path):
    out = tmp_path / "a.docx"
    assert told("org:f1", out, ZHENLIAN_HIDE_PERSONS="true", **filled).exit_code == 0
    title = Document(str(out)).tables[0].rows[0].cells[0].text
    assert "王二小" not in title


def test_an_id_that_is_not_there_is_asked_back_and_nothing_is_written(filled, tmp_path):
    out = tmp_path / "a.docx"
    done = told("town:定襄法兰", out, **filled)
    assert (done.exit_code, out.exists()) == (1, False)
    assert "是否应为 town:d（定襄法兰）？" in done.output
