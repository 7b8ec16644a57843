"""Notices and lists of the ledgers leave the service: drafts are marked, lists say what they rest on."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from api.http.list_books import Wanted, book
from api.http.notices import notice_file
from graph.errors import BadInput, BadTemplate, NotFound
from graph.kinds.entities import Organisation, Town
from graph.kinds.ledgers import LedgerEntry, Notice, Problem, Task
from graph.kinds.relations import OfTown, ResponsibleFor
from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import Template
from tests.api.http.ledger_world import asking, client

ISSUED = "2025-11-10"


def world(**notice):
    said = {"reason": "年度任务逾期", "due_on": "2026-06-30", "status": "ISSUED", "issued_on": ISSUED}
    said |= notice
    entry = LedgerEntry(
        id="entry:1",
        about="notice:n",
        version=1,
        action="MOVED",
        recorded_on=ISSUED,
        at=f"{ISSUED}T08:00:00Z",
        by="省专班办",
        before='{"status":"DRAFT"}',
        after='{"status":"ISSUED","issuedOn":"2025-11-10"}',
    )
    problem = {"extent": "COMMON", "status": "OPEN", "raised_on": "2025-01-01", "due_on": "2025-12-31"}
    items = [
        Notice(id="notice:n", name="定襄法兰督办通知书", **said),
        Notice(id="notice:o", name="另一草稿", reason="待定", due_on="2025-01-31", status="DRAFT"),
        Problem(id="problem:p", name="锻钢外购", **problem),
        Task(id="task:k", name="引进塔筒", year=2026, due_on="2026-12-31", status="STARTED"),
    ]
    others = [
        Town(id="town:t", name="定襄法兰", level="PROVINCIAL", status="RECOGNISED"),
        Organisation(id="org:b", name="定襄县工信局", form="AGENCY"),
        *([] if said["status"] == "DRAFT" else [entry]),
    ]
    of = [OfTown(start=item.id, end="town:t") for item in items]
    to = [ResponsibleFor(start="org:b", end=item.id) for item in items]
    return Snapshot.of([*others, *items], [*of, *to])


def words(content):
    page = Document(BytesIO(content))
    cells = [[cell.text for cell in row.cells] for table in page.tables for row in table.rows]
    return "\n".join(paragraph.text for paragraph in page.paragraphs), cells


def test_an_issued_notice_says_to_whom_what_until_when_and_what_else_is_late():
    made = notice_file(world(), "notice:n", {"on": "2026-03-01"})
    assert made.name == "定襄法兰督办通知书_2025-11-10.docx"
    text, cells = words(made.content)
    for part in (
        *("督办通知书", "督办〔2025〕", "定襄县工信局：", "经查，定襄法兰存在下列情况", "年度任务逾期。"),
        *("请于2026年6月30日前完成整改", "省专班办", "2025年11月10日", "截至2026年3月1日"),
    ):
        assert part in text, part
    assert "草" not in text
    assert cells == [["事项", "台账", "期限", "逾期"], ["锻钢外购", "问题台账", "2025年12月31日", "60 天"]]


def test_a_draft_says_so_in_its_name_and_on_its_page():
    made = notice_file(world(status="DRAFT", issued_on=None), "notice:n", {"on": "2025-06-01"})
    assert made.name == "定襄法兰督办通知书_草稿.docx"
    text, cells = words(made.content)
    assert "草　稿（尚未下达，不生效）" in text
    assert "（下达单位盖章）" in text
    assert not cells, "nothing else is late on that day: another draft never is"


def test_an_office_may_lay_the_notice_out_itself_and_its_faults_are_told():
    def template(tag):
        page = Document()
        page.add_paragraph(f"【{tag}】")
        made = BytesIO()
        page.save(made)
        return Template("本局.docx", made.getvalue())

    own = notice_file(
        world(), "notice:n", {"on": "2026-03-01"}, template=template("{{ 专业镇 }}须于{{ 期限 }}前")
    )
    assert words(own.content)[0] == "【定襄法兰须于2026年6月30日前】"
    for tag, said in (
        ("{{ 专业真 }}", "没有字段“专业真”；是否应为“专业镇”？"),
        ("{{ 专业镇.__class__.__mro__ }}", "不允许的表达式"),
    ):
        with pytest.raises(BadTemplate, match=said):
            notice_file(world(), "notice:n", {"on": "2026-03-01"}, template=template(tag))


def test_what_is_wrong_is_refused_with_what_would_be_right():
    for id, given, error, said in (
        ("notice:m", {}, NotFound, "notice:n"),
        ("task:k", {}, BadInput, "督办通知书"),
        ("notice:n", {"on": "昨天"}, BadInput, "应为日期"),
        ("notice:n", {"town": "x"}, BadInput, "没有参数 town"),
    ):
        with pytest.raises(error, match=said):
            notice_file(world(), id, given)


async def test_notices_and_lists_are_handed_out_over_http(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as office:
        answer = await office.http.get("/notices/notice:draft.docx?on=2024-10-01")
        assert answer.status_code == 200
        assert "草　稿" in words(answer.content)[0]
        assert (await office.http.get("/notices/notice:none.docx")).status_code == 404
        csv = await office.http.get("/lists/problems?format=csv&overdue=true&on=2024-10-01&body=org:bureau")
        rows = csv.content.decode("utf-8-sig").splitlines()
        assert rows[1].startswith(
            "1,锻钢全部外购,行业共性问题,定襄法兰,,待办,定襄县工信局,2024-02-20,2024-06-30,93,"
        )
        assert "截至 2024-10-01：共 1 项，未了结 1 项，其中逾期 1 项" in csv.text
        wrong = await office.http.get("/lists/problems?stage=SOLVED")
        assert wrong.status_code == 400
        assert "OPEN、ASSIGNED、RESOLVED" in wrong.json()["error"]["message"]


@pytest.mark.parametrize(
    ("name", "rows"), [("problems", 1), ("tasks", 1), ("projects", 0), ("notices", 2), ("leads", 0)]
)
def test_every_ledger_is_a_workbook_with_what_it_rests_on(name, rows):
    made = book(world(), Wanted(name, {"on": "2026-03-01", "town": "town:t"}))
    sheets = load_workbook(BytesIO(made.content))
    assert made.rows[sheets.sheetnames[0]] == rows
    assert sheets.sheetnames[1] == "口径与来源"
    assert "截至 2026-03-01" in sheets[sheets.sheetnames[0]]["A1"].value


async def test_a_kept_service_answers_what_was_left(empty_store, tmp_path):
    async with client(empty_store, tmp_path):
        pass
    async with asking(empty_store) as reader:
        found = await reader.data('{ overdue(on: "2024-10-01") { count } }')
        assert found["overdue"]["count"] == 5
