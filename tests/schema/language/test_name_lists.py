"""A list of names sent over HTTP, on both stores: the answer is that of GraphQL and of the command."""

import io
from urllib.parse import quote, unquote

import httpx
import openpyxl
import pytest

from api.cli import match as command
from api.http.app import create_app
from api.http.name_lists import MOST
from api.http.uploads import XLSX
from api.settings import Settings

LINES = [
    "序号\t企业名称",
    "1\t山西天宝集团有限公司\t定襄县",
    "",
    "2、 天宝集团",
    "3.",
    "（4）天宝集团",
    "查无此厂",
]
SAME = """query($names: [String!]!) { sameAsList(names: $names) { matched unmatched repeated blank
    names { name lines count rows { score organisation { id name synthetic } } } } }"""


@pytest.fixture(scope="module")
async def client(service):
    app = create_app(service.store, service.keeper, Settings())  # nothing may be written
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as made:
        yield made


async def sent(client, content, kind="text/plain", **asked):
    headers = {"content-type": kind} if kind else {}
    return await client.post("/match", content=content, headers=headers, params=asked, timeout=120)


def told(answer):
    """What both answers say of each name."""
    return [
        (
            one["name"],
            one["lines"],
            one["count"],
            [(row["id"], row["name"], row["score"], row["synthetic"]) for row in one["rows"]],
        )
        for one in answer["names"]
    ]


async def test_numbers_tabs_heads_repeats_and_empty_lines_are_understood_as_graphql_does(client, service):
    response = await sent(client, "\n".join(LINES).encode("gb18030"))
    assert response.status_code == 200
    answer = response.json()
    wanted = (await service.data(SAME, names=LINES))["sameAsList"]
    for one in wanted["names"]:
        one["rows"] = [{**row["organisation"], "score": row["score"]} for row in one["rows"]]
    assert told(answer) == told(wanted)
    counts = ("matched", "unmatched", "repeated", "blank")
    assert [answer[name] for name in counts] == [wanted[name] for name in counts] == [2, 1, 1, 3]
    assert [(one["name"], one["lines"]) for one in answer["names"]] == [
        ("山西天宝集团有限公司", [2]),
        ("天宝集团", [4, 6]),
        ("查无此厂", [7]),
    ]
    assert answer["names"][1]["rows"][0]["id"] == "org:tianbao-group"
    assert answer["inWords"] == "3 个名称，2 个有候选，1 个图中没有；重复 1 行，没有名称 3 行"


async def test_text_csv_and_workbook_are_matched_alike(client):
    rows = [line.split("\t") for line in LINES]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    workbook = io.BytesIO()
    book.save(workbook)
    as_csv = "\n".join(",".join(row) for row in rows).encode("utf-8-sig")
    answers = [
        await sent(client, "\n".join(LINES).encode()),
        await sent(client, as_csv, "text/csv"),
        await sent(client, as_csv, "application/octet-stream", name="园区名单.csv"),
        await sent(client, workbook.getvalue(), XLSX),
    ]
    first, *others = [response.json()["names"] for response in answers]
    assert len(first) == 3
    assert all(other == first for other in others)


async def test_the_workbook_has_the_columns_and_rows_of_the_command(client, service, monkeypatch, tmp_path):
    (tmp_path / "名单.txt").write_text("\n".join(LINES), "utf-8")
    monkeypatch.setattr(command, "shown", lambda _: service.keeper.current)  # the store is open already
    command.match(Settings(), tmp_path / "名单.txt", tmp_path / "out.xlsx", None, force=False)
    response = await sent(client, (tmp_path / "名单.txt").read_bytes(), format="xlsx", name="名单.txt")
    assert response.headers["content-type"] == XLSX
    assert "名单_比对.xlsx" in unquote(response.headers["content-disposition"])
    books = [
        openpyxl.load_workbook(file).active for file in (tmp_path / "out.xlsx", io.BytesIO(response.content))
    ]
    ours, theirs = ([[cell.value for cell in row] for row in page.iter_rows()] for page in books)
    assert ours == theirs
    assert len(ours) > 6
    accepted = {"accept": XLSX, "content-type": "text/plain"}
    other = await client.post("/match", content="天宝集团".encode(), headers=accepted)
    assert openpyxl.load_workbook(io.BytesIO(other.content)).active["B4"].value == "天宝集团"
    table = (await sent(client, "天宝集团".encode(), format="csv")).content.decode("utf-8-sig")
    assert table.startswith("行,名称,候选数,候选,标识,")


async def test_what_is_real_is_matched_alone_and_what_is_invented_is_marked(client):
    name = "样例定襄法兰一厂".encode()
    (whole,) = (await sent(client, name)).json()["names"]
    assert whole["rows"][0]["name"] == "样例定襄法兰一厂"
    assert whole["rows"][0]["synthetic"] is True
    (real,) = (await sent(client, name, realOnly="true")).json()["names"]
    assert not any(row["synthetic"] for row in real["rows"])


@pytest.mark.parametrize(
    ("content", "kind", "asked", "status", "message"),
    [
        (
            "\n".join(f"第{n}锻造厂" for n in range(501)),
            "text/plain",
            {},
            400,
            "names：501 个不同的名称，超过上限 500：请分批",
        ),
        ("", "text/plain", {}, 400, "names：请给出至少一个名称"),
        ("甲", "application/json", {}, 400, "请以名单为正文发送，Content-Type 为 text/csv、text/plain、"),
        ("甲", "text/plain", {"format": "pdf"}, 400, "format：没有格式 “pdf”，可用 json、xlsx、csv"),
        ("甲", "text/plain", {"atLeast": "high"}, 400, "atLeast：“high”应为数"),
        ("甲", "text/plain", {"atLeast": "7"}, 400, "atLeast："),
        (
            "甲",
            "text/plain",
            {"least": "1"},
            400,
            "没有参数 least：可用 name、format、asOf、realOnly、region、",
        ),
        ("甲", "text/plain", {"region": "region:140999"}, 404, "region：图中没有“region:140999”"),
        ("甲", "text/plain", {"asOf": "24"}, 400, "asOf：“24”应为 1900 到 "),
        ("不是工作簿", XLSX, {}, 422, "名单.xlsx"),
        ('甲,"' + "乙" * 140_000, "text/csv", {}, 422, "名单.csv：第 1 行读不出来：引号没有成对，或一格过长"),
        (b"\xff\xfe\xff\x81", "text/plain", {}, 422, "名单.txt：不是 UTF-8 或 GB18030 文本"),
        (
            "甲\n" * 400_000,
            "text/plain",
            {},
            422,
            "名单.txt：1,600,000 字节，超过名单文件的上限 1,000,000 字节",
        ),
        (b"0" * (MOST + 1), "text/plain", {}, 413, "名单过大：最多 5 MB；请分成几个"),
    ],
)
async def test_what_is_wrong_is_refused_with_what_would_be_right(  # noqa: PLR0913, PLR0917 - a case
    client, content, kind, asked, status, message
):
    response = await sent(client, content, kind, **asked)
    assert response.status_code == status, response.text
    assert response.json()["error"]["message"].startswith(message)


async def test_five_hundred_names_are_taken(client):
    names = "\n".join(f"第{n}锻造厂" for n in range(500))
    answer = (await sent(client, names + "\n第0锻造厂\n")).json()
    assert (len(answer["names"]), answer["repeated"]) == (500, 1)


async def test_a_name_of_a_file_leads_nowhere(client):
    response = await sent(client, "天宝集团", name=quote("../../etc/名单.txt"), format="csv")
    assert response.status_code == 200
    assert "名单 名单.txt；" in response.content.decode("utf-8-sig")


async def test_an_argument_given_twice_is_refused(client):
    response = await client.post(
        "/match?first=1&first=2", content="甲", headers={"content-type": "text/plain"}
    )
    assert response.json()["error"] == {"code": "BAD_USER_INPUT", "message": "first：给出了两次"}
