"""GET /briefings/{id}.docx: headers and names of files, what is refused, the office's own template."""

from io import BytesIO
from urllib.parse import unquote

import httpx
import pytest
from docx import Document
from starlette.applications import Starlette
from starlette.routing import Route

from api.http.briefings import paper
from api.http.documents import WORD, Documents
from api.settings import read_settings
from graph.errors import BadInput
from graph.kinds.entities import Organisation, Town
from graph.kinds.terms import OrganisationForm, TownLevel, TownStatus
from tests.queries.briefings.flanges import MAKER, TOWN, flanges

CODE = "91140900MA0GQLX37L"


@pytest.fixture(scope="module")
def snapshot():
    coded = Organisation(id="org:coded", name="有码", form=OrganisationForm.ENTERPRISE, uscc=CODE)
    made_up = Town(
        id="town:x", name="示例镇", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE, synthetic=True
    )
    return flanges(name="定襄/法兰", more=[coded, made_up])


async def asked(snapshot, path, templates=None):
    briefings = Documents(paper, "briefing.docx", lambda: snapshot, 30.0, templates)
    app = Starlette(routes=[Route("/briefings/{id}.docx", briefings.answer)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get(f"/briefings/{path}")


async def test_a_document_comes_with_its_chinese_name(snapshot):
    answer = await asked(snapshot, f"{TOWN}.docx?asOf=2024")
    assert (answer.status_code, answer.headers["content-type"]) == (200, WORD)
    said = answer.headers["content-disposition"]
    assert said.startswith("attachment; filename=\"briefing.docx\"; filename*=UTF-8''")
    assert unquote(said.partition("''")[2]) == "定襄／法兰_镇画像_2024年.docx"
    assert answer.headers["cache-control"] == "no-store"
    assert Document(BytesIO(answer.content)).tables[0].rows[0].cells[1].text == "镇画像 · 2024 年"


async def test_a_firm_is_found_by_its_credit_code_too(snapshot):
    assert (await asked(snapshot, f"{MAKER}.docx")).status_code == 200
    answer = await asked(snapshot, f"{CODE}.docx")
    assert unquote(answer.headers["content-disposition"]).endswith("有码_企业画像_2024年.docx")


@pytest.mark.parametrize(
    ("path", "status", "code", "words"),
    [
        ("town:tt.docx", 404, "NOT_FOUND", "id：图中没有“town:tt”；是否应为 town:t（定襄/法兰）"),
        ("chain:c.docx", 400, "BAD_USER_INPUT", "id：chain:c 是参考产业链，没有画像"),
        (f"{TOWN}.docx?asOf=24", 400, "BAD_USER_INPUT", "asOf：“24”应为 1900 到"),
        (f"{TOWN}.docx?realOnly=yes", 400, "BAD_USER_INPUT", "realOnly：“yes”应为 true 或 false"),
        (f"{TOWN}.docx?first=3", 400, "BAD_USER_INPUT", "没有参数 first：可用 asOf、realOnly"),
        (f"{TOWN}.docx?asOf=2024&asOf=2023", 400, "BAD_USER_INPUT", "asOf：给出了两次"),
        (
            "town:x.docx?realOnly=true",
            404,
            "NOT_FOUND",
            "town:x 是虚构样例，只看真实数据（realOnly）",
        ),
    ],
)
async def test_what_can_not_be_is_refused_in_words(snapshot, path, status, code, words):
    answer = await asked(snapshot, path)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert words in error["message"]


async def test_before_the_first_snapshot_it_is_asked_to_wait():
    assert (await asked(None, f"{TOWN}.docx")).status_code == 503


def own(folder, name, words):
    page = Document()
    page.add_paragraph(words)
    page.save(str(folder / name))


async def test_the_offices_own_template_is_used_for_its_kind(snapshot, tmp_path):
    own(tmp_path, "镇画像.docx", "某办 {{ 名称 }}")
    answer = await asked(snapshot, f"{TOWN}.docx", tmp_path)
    assert [one.text for one in Document(BytesIO(answer.content)).paragraphs] == ["某办 定襄/法兰"]
    stock = await asked(snapshot, f"{MAKER}.docx", tmp_path)  # there is none of firms
    assert Document(BytesIO(stock.content)).tables[0].rows[0].cells[0].text == "恒跃"


async def test_a_wrong_template_of_the_service_is_its_own_fault(snapshot, tmp_path):
    own(tmp_path, "镇画像.docx", "{{ 名字 }}")
    answer = await asked(snapshot, f"{TOWN}.docx", tmp_path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "BAD_TEMPLATE")
    assert "模板 镇画像.docx：没有字段“名字”" in answer.json()["error"]["message"]
    assert str(tmp_path) not in answer.text


def test_a_folder_of_templates_must_be_there(tmp_path):
    assert read_settings(templates=tmp_path).templates == tmp_path
    with pytest.raises(BadInput, match="ZHENLIAN_TEMPLATES"):
        read_settings(templates=tmp_path / "none")
