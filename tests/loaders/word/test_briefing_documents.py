"""Briefings as Word documents: reopened, their text is what is known of a town that is known by heart."""

import shutil
import subprocess
from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm

from graph.kinds.entities import Organisation, Town
from graph.kinds.terms import OrganisationForm, TownLevel, TownStatus
from graph.snapshot.invented import without_invented
from loaders.word.briefing import briefing
from loaders.word.wording import MARK
from tests.queries.briefings.flanges import MAKER, STEELWORKS, TOWN, YEAR, flanges

LONG = "定" * 60


def opened(snapshot, id, **asked):
    return Document(BytesIO(briefing(snapshot, snapshot.row_of(id), as_of=YEAR, **asked)))


def text(document):
    return "\n".join(one.text for one in document.paragraphs)


def rows(document):
    """All rows of all tables, without the heads of columns."""
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def foot(document):
    return "\n".join(one.text for one in document.sections[0].footer.paragraphs)


@pytest.fixture(scope="module")
def snapshot():
    return flanges()


@pytest.fixture(scope="module")
def town(snapshot):
    return opened(snapshot, TOWN)


@pytest.fixture(scope="module")
def firm(snapshot):
    return opened(snapshot, MAKER)


def test_the_page_is_a4_and_says_of_whom_it_is(town):
    section = town.sections[0]
    assert abs(section.page_width - Mm(210)) < 1000
    assert abs(section.page_height - Mm(297)) < 1000
    assert rows(town)[0] == ["定襄法兰", "镇画像 · 2024 年"]
    assert (town.core_properties.title, town.core_properties.author) == ("定襄法兰镇画像", "镇链")
    assert "省级专业镇，已认定（2022-09-14 认定） · 山西省忻州市定襄县" in text(town)
    assert "龙头企业：恒跃 1,200 万元（共 1 家）" in text(town)


def test_figures_have_year_source_and_rivals(town):
    rival = "3 亿元（博客，C级，2024 年）"
    assert ["产值", "锻造业总产值", "不少于 2 亿元", "2024 年", "县报，B级", rival, ""] in rows(town)
    assert ["从业人员", "全镇（主体）整体", "4 万人", "2010 年（旧）", "县报，B级", "", ""] in rows(town)


def test_steps_stand_by_stage_and_state(town):
    told = rows(town)
    assert ["", "● 已有", "◐ 薄弱", "○ 缺失", "？不详"] in told
    assert ["上游", "—", "—", "钢材※", "—"] in told
    assert ["中游", "—", "法兰 1家", "—", "—"] in told
    assert ["下游", "—", "—", "塔筒", "—"] in told
    assert ["配套服务", "—", "—", "—", "紧固件（可选）"] in told


def test_gaps_say_what_to_do_what_it_is_worth_and_whom_to_ask(town):
    told = rows(town)
    first = "鲁钢（山东省，已供镇内）"
    assert ["补链（1）", "钢材", "全靠外购，采购集中", "400 万元", first, MARK] in told
    assert ["延链（1）", "塔筒", "法兰的下游", "800 万元", "鲁塔（山东省，现购本镇货）", ""] in told


def test_partners_have_place_product_and_value_and_only_the_invented_is_stamped(town):
    told = rows(town)
    assert ["买自", "鲁钢", "山东省", "钢材", "300 万元", MARK] in told
    assert ["卖给", "鲁塔", "山东省", "法兰", "800 万元", ""] in told
    said = "镇外采购 400 万元（省外 400 万元，其中图外卖方 100 万元），已登记对方 1 家"
    assert said in text(town)


def test_what_is_behind_the_page_stands_at_its_foot(town, snapshot):
    assert "其中 25 % 的供应额为虚构样例" in foot(town)
    assert "briefing/town v2" in foot(town)
    assert f"数据版本：{snapshot.id}，截至 2024 年末" in foot(town)


def test_the_warning_is_there_when_anything_invented_is_behind_and_only_then(snapshot, town):
    assert "含虚构样例" in text(town)
    real = opened(without_invented(snapshot), TOWN)
    every = text(real) + "".join(cell for row in rows(real) for cell in row)
    assert "含虚构样例" not in every
    assert MARK not in every.replace("只看真实数据：已略去虚构样例", "")
    assert "只看真实数据：已略去虚构样例" in text(real)
    assert "※" not in every


def test_a_firm_has_its_years_titles_towns_and_owners(firm):
    said, told = text(firm), rows(firm)
    assert told[0] == ["恒跃", "企业画像 · 2024 年"]
    assert "专业镇：定襄法兰（龙头、成员）" in said
    assert "资质：专精特新（至 2026 年）" in said
    assert ["指标", "2020", "2021", "2022", "2023", "2024", ""] in told
    assert ["营业收入", "—", "—", "—", "900 万元", "1,200 万元", ""] in told
    assert "股东 鲁塔 30.0%" in said
    assert ["买自", "鲁钢", "山东省", "钢材", "300 万元", MARK] in told
    assert "没有已知者：外镇所缺而不是他镇主业的产品中没有它所产的。" in said


def test_a_firm_elsewhere_has_the_gaps_it_could_fill(snapshot):
    found = opened(snapshot, STEELWORKS)
    assert ["定襄法兰", "钢材", "补链", "400 万元", MARK] in rows(found)
    assert "没有已登记的数值。" in text(found)


def test_nothing_of_a_template_is_left(town, firm):
    for document in (town, firm):
        every = text(document) + foot(document) + "".join(cell for row in rows(document) for cell in row)
        assert not any(sign in every for sign in ("{{", "{%", "%}", "None", "Undefined"))


def test_who_is_hardly_known_has_a_page_that_says_so():
    town = Town(id="town:bare", name="空镇", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)
    firm = Organisation(id="org:bare", name="空厂", form=OrganisationForm.ENTERPRISE)
    snapshot = flanges(more=[town, firm])
    said = text(opened(snapshot, "town:bare"))
    for words in ("没有已登记的数值。", "没有对照的参考产业链，不列环节。", "没有已登记的往来。"):
        assert words in said
    assert "没有已登记的产值或营业收入" in said
    assert "没有一项已登记的数值" in text(opened(snapshot, "org:bare"))


def test_names_of_sixty_characters_stand_whole_in_the_title_and_short_in_cells():
    snapshot = flanges(name=LONG)
    found = opened(snapshot, TOWN)
    assert rows(found)[0][0] == LONG
    fills = rows(opened(snapshot, STEELWORKS))
    assert ["定" * 27 + "…", "钢材", "补链", "400 万元", MARK] in fills


def test_signs_of_xml_and_of_templates_in_names_are_only_text():
    name = '<b>&"甲"\x0b{{ 年份 }}{% for %}'
    assert rows(opened(flanges(name=name), TOWN))[0][0] == '<b>&"甲"{{ 年份 }}{% for %}'


def test_the_same_snapshot_makes_the_same_bytes(snapshot):
    one, two = (briefing(snapshot, snapshot.row_of(TOWN), as_of=YEAR) for _ in range(2))
    assert one == two


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice lays the page out")
@pytest.mark.parametrize("id", [TOWN, MAKER])
def test_the_page_is_one_page_also_with_a_long_name(tmp_path, id):
    snapshot = flanges(name=LONG)
    path = tmp_path / "a.docx"
    path.write_bytes(briefing(snapshot, snapshot.row_of(id), as_of=YEAR))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
    pdf = path.with_suffix(".pdf").read_bytes()
    assert pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page\n") + pdf.count(b"/Type /Page\n") == 1
