"""`zhenlian export-list`: what is refused before the store is opened, and what is written from a store."""

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli.main import app
from loaders.load import load_folder

FARM = "org:f1"
TOWN = ["--town", "town:d"]


def told(*arguments):
    return CliRunner().invoke(app, ["export-list", *map(str, arguments)])


def test_a_file_that_is_there_stays(tmp_path):
    out = tmp_path / "a.xlsx"
    out.write_text("mine")
    done = told("gaps", out, *TOWN)
    assert (done.exit_code, out.read_text()) == (2, "mine")
    assert "--force" in done.output


@pytest.mark.parametrize("name", ["a.pdf", "a"])
def test_an_unknown_format_is_refused(tmp_path, name):
    done = told("gaps", tmp_path / name, *TOWN)
    assert done.exit_code == 2
    assert ".xlsx 或 .csv" in done.output


TABLES = {
    "Region": "id,name,level\nregion:140000,山西省,PROVINCE\nregion:140921,定襄县,COUNTY",
    "PART_OF": "from,to\nregion:140921,region:140000",
    "Product": "id,name,category\nproduct:p,=法兰坯,COMPONENT",
    "Town": "id,name,level,status\ntown:d,定襄法兰,COUNTY,CANDIDATE",
    "LIES_IN": "from,to\ntown:d,region:140921",
    "Organisation": f"id,name,form\n{FARM},王二小家庭农场,FAMILY_FARM\norg:firm,恒跃重工,ENTERPRISE\n"
    "org:other,丙公司,ENTERPRISE",
    "LOCATED_IN": "from,to\norg:firm,region:140921",
    "MAKES": f"from,to\n{FARM},product:p\norg:other,product:p",
    "SUPPLIES": f"from,to,product,year,value\n{FARM},org:firm,product:p,2024,900000",
    "NEEDS": "from,to,year,value,origin\norg:firm,product:p,2024,2000000,COUNTRY",
    "Policy": "id,name,level,issuer,issuedOn,documentNo\n"
    "policy:d,措施,COUNTY,县政府,2023-01-01,定政发〔2023〕1号",
    "Benefit": "id,name,resource,text,amount\nbenefit:d,奖补,FUNDS,见文件,20000",
    "OFFERS": "from,to\npolicy:d,benefit:d",
    "APPLIES_IN": "from,to\npolicy:d,region:140921",
}


@pytest.fixture
async def filled(empty_store, tmp_path, address):
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    report = await load_folder(empty_store, tmp_path)
    assert report.clean, report.lines()
    return address


def written(address, *arguments, hidden=False, town=TOWN):
    settings = {
        "ZHENLIAN_STORE": address.url,
        "ZHENLIAN_STORE_USER": address.user,
        "ZHENLIAN_STORE_PASSWORD": address.password,
        "ZHENLIAN_DATABASE": address.database,
        "ZHENLIAN_HIDE_PERSONS": str(hidden),
    }
    done = CliRunner().invoke(app, ["export-list", *map(str, arguments), *town], env=settings)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("hidden", [False, True])
def test_a_list_of_a_store_is_written(filled, tmp_path, hidden):
    out = tmp_path / "a.xlsx"
    said = written(filled, "promotion", out, "--as-of", 2024, hidden=hidden)
    assert f"已写出 {out}：招商引资清单 1 行，本地可转产企业 0 行，缺口清单 1 行" in said
    page = openpyxl.load_workbook(out)["招商引资清单"]
    assert (page["C4"].value, page["C4"].data_type) == ("=法兰坯", "s")
    assert page["F4"].value == "丙公司", "nobody invites a farm"
    gaps = openpyxl.load_workbook(out)["缺口清单"]
    suppliers = next(cell.column for cell in gaps[3] if cell.value == "现有供应者")
    assert ("王二小" in gaps.cell(4, suppliers).value) is not hidden


def test_a_file_is_overwritten_when_forced(filled, tmp_path):
    out = tmp_path / "a.xlsx"
    out.write_text("mine")
    written(filled, "gaps", out, "--force")
    assert openpyxl.load_workbook(out).sheetnames == ["缺口清单", "口径与来源"]


def test_a_list_of_one_town_takes_no_second(tmp_path):
    done = told("gaps", tmp_path / "a.csv", *TOWN, "--town", "town:e")
    assert done.exit_code == 2
    assert "--town：清单 gaps 只要一个专业镇，给出了 2 个" in done.output


def test_a_comparison_takes_each_town_by_itself(filled, tmp_path):
    settings = {"ZHENLIAN_STORE": filled.url, "ZHENLIAN_STORE_USER": filled.user}
    settings |= {"ZHENLIAN_STORE_PASSWORD": filled.password, "ZHENLIAN_DATABASE": filled.database}
    asked = ["export-list", "compare", str(tmp_path / "a.csv"), *TOWN, "--town", "town:d"]
    done = CliRunner().invoke(app, asked, env=settings)
    assert done.exit_code == 2
    assert "towns：town:d 给出了两次：一个镇不与自己相比" in done.output


def test_benefits_are_written_by_their_status(filled, tmp_path):
    out = tmp_path / "a.xlsx"
    asked = "benefits", out, "--as-of", 2024, "--status"
    assert "可享政策 1 行" in written(filled, *asked, "ELIGIBLE")
    page = openpyxl.load_workbook(out)["可享政策"]
    heads, row = ([cell.value for cell in page[at]] for at in (3, 4))
    shown = dict(zip(heads, row, strict=True))
    assert (shown["主体"], shown["政策文件"]) == ("恒跃重工", "措施（定政发〔2023〕1号）")
    assert (shown["每户金额（万元）"], shown["可享与否"], shown["当年是否已享"]) == (2, "可享", "不详")
    assert (shown["有效期至"], shown["以往享受"], shown["虚构样例"]) == (None, None, None)
    assert "可享政策 0 行" in written(filled, *asked, "UNKNOWN", "--force")
    assert "应享未享 0 行" in written(filled, "unclaimed", out, "--as-of", 2024, "--force")
    assert "1 项可享而是否已享不详" in str(
        [cell.value for row in openpyxl.load_workbook(out).active for cell in row]
    )


def test_a_list_of_the_province_names_no_town(filled, tmp_path):
    out = tmp_path / "a.xlsx"
    said = written(filled, "near-threshold", out, "--as-of", 2024, "--within", "region:140000", town=())
    assert f"已写出 {out}：小升规名单 0 行" in said
    assert openpyxl.load_workbook(out)["小升规名单"]["A1"].value == "山西省 小升规名单（2024 年）"
