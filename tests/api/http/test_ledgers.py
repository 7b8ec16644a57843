"""The ledgers are kept over HTTP: who, what, why; what is refused comes with what would be right."""

import re
from datetime import date
from pathlib import Path

import orjson
import pytest

from graph.kinds.stages import LEDGERS
from graph.store.versions import versions
from loaders.load import load_folder
from tests.api.http.ledger_world import asking, at_once, client

TODAY = str(date.today())  # noqa: DTZ011 - as the service takes it
CREATE = """mutation ($input: CreateProblemInput!, $note: NoteInput) {
  createProblem(input: $input, note: $note) {
  repeated problem { id name extent status raisedOn dueOn version town { id } responsible { nodes { id } }
    organisations { nodes { id } } nextMoves { to words reasoned } }
  entry { id version action by reason } } }"""
MOVE = """mutation ($input: MoveProblemInput!, $note: NoteInput) { moveProblem(input: $input, note: $note) {
  repeated problem { id status resolvedOn version } entry { id version changes { field before after } } } }"""
CHANGE = """mutation ($input: ChangeProblemInput!, $note: NoteInput) {
  changeProblem(input: $input, note: $note) {
  problem { id name dueOn version responsible { nodes { id } } }
  entry { id changes { field words before after } } } }"""
BULK = """mutation ($input: MoveTasksInput!, $note: NoteInput) { moveTasks(input: $input, note: $note) {
  repeated tasks { id status version } entries { about } } }"""
COMMENT = """mutation ($input: CommentInput!, $note: NoteInput) { commentOnItem(input: $input, note: $note) {
  item { id } entry { action reason by version } } }"""
UNDO = """mutation ($entry: ID!, $note: NoteInput) { undoLedgerChange(entry: $entry, note: $note) {
  item { id } entry { action undoes reason } } }"""
RECORD = """query ($id: ID!) { problem(id: $id) { status version record {
  version action by reason changes { field before after } item { id } } } }"""


def problem(**more):
    return {"name": "锻件检测能力不足", "extent": "COMMON", "town": "town:flange", **more}


async def test_a_problem_lives_from_raising_to_solving_and_its_record_says_how(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        given = problem(
            raisedOn="2024-07-01", dueOn="2024-12-31", responsible=["org:bureau"], organisations=["org:a"]
        )
        note = {"by": "定襄县工信局", "reason": "企业座谈会提出"}
        made = (await steward.data(CREATE, input=given, note=note))["createProblem"]
        id = made["problem"]["id"]
        assert id.startswith("problem:flange-")
        assert made["problem"] | {"id": ""} == {
            "id": "",
            "name": "锻件检测能力不足",
            "extent": "COMMON",
            "status": "OPEN",
            "raisedOn": "2024-07-01",
            "dueOn": "2024-12-31",
            "version": 1,
            "town": {"id": "town:flange"},
            "responsible": {"nodes": [{"id": "org:bureau"}]},
            "organisations": {"nodes": [{"id": "org:a"}]},
            "nextMoves": [{"to": "ASSIGNED", "words": "交办", "reasoned": False}],
        }
        moved = (await steward.data(MOVE, input={"id": id, "to": "ASSIGNED"}))["moveProblem"]
        assert moved["problem"]["version"] == 2
        closing = {"id": id, "to": "RESOLVED", "on": "2024-11-20", "expectedVersion": 2}
        solved = (await steward.data(MOVE, input=closing, note={"reason": "检测台已建成"}))["moveProblem"]
        assert solved["problem"] == {"id": id, "status": "RESOLVED", "resolvedOn": "2024-11-20", "version": 3}
        again = {"id": id, "to": "ASSIGNED"}
        opened = (await steward.data(MOVE, input=again, note={"reason": "复检不合格"}))["moveProblem"]
        assert opened["problem"] == {"id": id, "status": "ASSIGNED", "resolvedOn": None, "version": 4}
        seen = (await steward.data(RECORD, id=id))["problem"]
        assert seen["version"] == 4
        assert [(e["version"], e["action"], e["by"], e["reason"]) for e in seen["record"]] == [
            (1, "CREATED", "定襄县工信局", "企业座谈会提出"),
            (2, "MOVED", None, None),
            (3, "MOVED", None, "检测台已建成"),
            (4, "MOVED", None, "复检不合格"),
        ]
        assert seen["record"][2]["changes"] == [
            {"field": "status", "before": "ASSIGNED", "after": "RESOLVED"},
            {"field": "resolvedOn", "before": None, "after": "2024-11-20"},
        ]
        assert seen["record"][0]["item"] == {"id": id}


async def test_what_is_wrong_is_told_at_once_each_at_its_argument(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        wrong = problem(name=" ", raisedOn="2024-07-01", dueOn="2024-06-01")
        found = await steward.refused(CREATE, input=wrong)
        assert found["extensions"]["code"] == "BAD_USER_INPUT"
        assert [(p["argument"], p["code"]) for p in found["extensions"]["problems"]] == [
            ("name", "BAD_USER_INPUT"),
            ("dueOn", "BAD_USER_INPUT"),
        ]
        assert "期限 2024-06-01 早于提出日期 2024-07-01：应不早于它" in found["message"]
        cases = (
            (problem(name="长" * 1_500), "BAD_USER_INPUT", "name", "1,500 字，最多 200 字"),
            (problem(name="长" * 10_000), "TOO_COMPLEX", None, "字数 10,000，至多 2,000"),
            (problem(name="甲\u0007乙"), "BAD_USER_INPUT", "name", "第 2 个字是控制字符 U+0007：请删去"),
            (problem(name="甲\u202e乙"), "BAD_USER_INPUT", "name", "第 2 个字是控制字符 U+202E：请删去"),
            (problem(town="town:flang"), "NOT_FOUND", "town", "town:flange"),
            (problem(responsible=["org:buraeu"]), "NOT_FOUND", "responsible", "org:bureau"),
            (problem(responsible=["org:a"]), "BAD_USER_INPUT", "responsible", "不是政府机关或事业单位"),
            (problem(organisations=["town:flange"]), "BAD_USER_INPUT", "organisations", "应为涉及主体的标识"),
            (problem(dueOn="0024-01-01"), "BAD_USER_INPUT", "dueOn", "年份应在 1949 到 2100 之间"),
        )
        for given, code, argument, words in cases:
            refused = await steward.error(CREATE, input=given)
            assert refused[:2] == (code, argument), refused
            assert words in refused[2], refused
        for note, argument, words in (
            ({"by": "局" * 101}, "note.by", "101 字，最多 100 字"),
            ({"reason": "长" * 1_001}, "note.reason", "1,001 字，最多 1,000 字"),
        ):
            code, path, told = await steward.error(CREATE, input=problem(), note=note)
            assert (code, path) == ("BAD_USER_INPUT", argument)
            assert words in told
        assert (await versions(steward.store)).writes == (await versions(empty_store)).writes


async def test_moves_that_the_table_forbids_are_refused_with_those_it_allows(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        jump = {"id": "problem:steel", "to": "RESOLVED"}
        assert await steward.error(MOVE, input=jump, note={"reason": "已解决"}) == (
            "BAD_USER_INPUT",
            "to",
            "to：problem:steel 现为 OPEN（待办），不能到 RESOLVED：可到 ASSIGNED（交办）",
        )
        silent = {"id": "problem:gas", "to": "RESOLVED"}
        told = await steward.error(MOVE, input=silent)
        assert told == ("BAD_USER_INPUT", "note.reason", "note.reason：“办结”须写明理由")
        early = silent | {"on": "2024-04-30"}
        told = await steward.error(MOVE, input=early, note={"reason": "已解决"})
        assert told[:2] == ("BAD_USER_INPUT", "resolvedOn")
        late = silent | {"on": "2099-01-01"}
        assert (await steward.error(MOVE, input=late, note={"reason": "好"}))[:2] == ("BAD_USER_INPUT", "on")
        unknown = {"id": "problem:nobody", "to": "ASSIGNED"}
        assert (await steward.error(MOVE, input=unknown))[:2] == ("NOT_FOUND", "id")
        other = {"id": "task:tower", "to": "ASSIGNED"}
        assert (await steward.error(MOVE, input=other))[:2] == ("NOT_FOUND", "id")


async def test_the_table_of_stages_is_shown_and_is_what_moves_obey(empty_store, tmp_path):
    asked = "{ ledgerStages { ledger kind field initial stages { stage } moves { from to reasoned } } }"
    async with client(empty_store, tmp_path) as steward:
        shown = (await steward.data(asked))["ledgerStages"]
        for rules, ledger in zip(shown, LEDGERS, strict=True):
            stages = [one["stage"] for one in rules["stages"]]
            assert stages == [stage.value for stage in ledger.stages]
            assert rules["initial"] == ledger.initial
            reached = {ledger.initial.value}
            while more := {m["to"] for m in rules["moves"] if m["from"] in reached} - reached:
                reached |= more
            assert reached == set(stages), "every stage can be reached"
            assert len({(m["from"], m["to"]) for m in rules["moves"]}) == len(rules["moves"])


async def test_fields_change_with_their_record_and_an_unchanged_one_is_said(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        given = {"id": "problem:steel", "dueOn": "2025-06-30", "responsible": ["org:promotion", "org:bureau"]}
        made = (await steward.data(CHANGE, input=given, note={"reason": "顺延"}))["changeProblem"]
        assert made["problem"]["dueOn"] == "2025-06-30"
        assert {n["id"] for n in made["problem"]["responsible"]["nodes"]} == {"org:promotion", "org:bureau"}
        assert made["entry"]["changes"] == [
            {"field": "dueOn", "words": "办结期限", "before": "2024-06-30", "after": "2025-06-30"},
            {
                "field": "responsible",
                "words": "责任单位",
                "before": "org:bureau",
                "after": "org:bureau、org:promotion",
            },
        ]
        told = await steward.error(CHANGE, input=given)
        assert told == ("BAD_USER_INPUT", "input", "input：与现在的内容相同，无可更改")
        cleared = (await steward.data(CHANGE, input={"id": "problem:steel", "dueOn": None}))["changeProblem"]
        assert cleared["problem"]["dueOn"] is None
        told = await steward.error(CHANGE, input={"id": "problem:steel", "name": None})
        assert told[:2] == ("BAD_USER_INPUT", "name")


async def test_the_second_of_two_who_saw_one_version_gets_the_current_state(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        first, second = (
            {"id": "problem:gas", "expectedVersion": 0, "dueOn": day} for day in ("2025-01-31", "2025-02-28")
        )
        await steward.data(CHANGE, input=first)
        refused = await steward.refused(CHANGE, input=second)
        assert refused["extensions"] == {
            "code": "CONFLICT",
            "argument": "expectedVersion",
            "current": {
                "id": "problem:gas",
                "version": 1,
                "name": "气价偏高",
                "extent": "COMMON",
                "status": "ASSIGNED",
                "raisedOn": "2024-05-01",
                "dueOn": "2025-01-31",
            },
        }


async def test_a_repeated_request_changes_once_and_answers_the_same_also_after_a_restart(
    empty_store, tmp_path
):
    note = {"requestId": "办件-7", "by": "县工信局"}
    async with client(empty_store, tmp_path) as steward:
        first = (await steward.data(CREATE, input=problem(), note=note))["createProblem"]
        again = (await steward.data(CREATE, input=problem(), note=note))["createProblem"]
        assert (first["repeated"], again["repeated"]) == (False, True)
        assert again | {"repeated": False} == first
        told = await steward.error(CREATE, input=problem(name="另一件"), note=note)
        assert told[:2] == ("BAD_USER_INPUT", "note.requestId")
        both = [
            steward.ask(MOVE, input={"id": first["problem"]["id"], "to": "ASSIGNED"}, note={"requestId": "8"})
        ]
        answers = await at_once(both * 4)
        assert len({a["data"]["moveProblem"]["entry"]["id"] for a in answers}) == 1
    async with asking(empty_store, writable=True) as steward:
        later = (await steward.data(CREATE, input=problem(), note=note))["createProblem"]
        assert later["entry"] == first["entry"]
        assert later["problem"]["id"] == first["problem"]["id"]
        found = await steward.data('{ problems(where: {name: {eq: "锻件检测能力不足"}}) { totalCount } }')
        assert found["problems"]["totalCount"] == 1


async def test_twenty_writers_at_once_lose_nothing(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as one, asking(empty_store, writable=True) as other:
        said = [f"第 {n} 次走访" for n in range(20)]
        writers = [
            (one, other)[n % 2].data(COMMENT, input={"id": "problem:steel", "text": text})
            for n, text in enumerate(said)
        ]
        await at_once(writers)
        await one.keeper.refresh()
        seen = (await one.data(RECORD, id="problem:steel"))["problem"]
        assert seen["version"] == 20
        assert sorted(e["version"] for e in seen["record"]) == list(range(1, 21))
        assert sorted(e["reason"] for e in seen["record"]) == sorted(said)
        versioned = [
            (one, other)[n % 2].ask(
                CHANGE, input={"id": "problem:gas", "expectedVersion": 0, "name": f"气价偏高{n}"}
            )
            for n in range(20)
        ]
        answers = await at_once(versioned)
        won = [a for a in answers if "errors" not in a]
        assert len(won) == 1, "one saw the version that was there"
        assert {a["errors"][0]["extensions"]["code"] for a in answers if "errors" in a} == {"CONFLICT"}


async def test_bulk_moves_are_all_or_none_and_each_is_told(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        items = [{"id": id} for id in ("task:tower", "task:brand", "task:nobody", "task:fair")]
        items[3]["expectedVersion"] = 4
        before = await versions(empty_store)
        refused = await steward.refused(BULK, input={"items": items, "to": "DONE"})
        assert [(p["argument"], p["code"]) for p in refused["extensions"]["problems"]] == [
            ("items.1.to", "BAD_USER_INPUT"),
            ("items.2.id", "NOT_FOUND"),
            ("items.3.expectedVersion", "CONFLICT"),
        ]
        assert (await versions(empty_store)).writes == before.writes
        both = {"items": [{"id": "task:tower"}, {"id": "task:fair", "expectedVersion": 0}], "to": "DONE"}
        made = (await steward.data(BULK, input=both, note={"requestId": "批-1"}))["moveTasks"]
        assert made["tasks"] == [
            {"id": "task:tower", "status": "DONE", "version": 1},
            {"id": "task:fair", "status": "DONE", "version": 1},
        ]
        assert [e["about"] for e in made["entries"]] == ["task:tower", "task:fair"]
        assert (await versions(empty_store)).writes == before.writes + 1
        again = (await steward.data(BULK, input=both, note={"requestId": "批-1"}))["moveTasks"]
        assert again == made | {"repeated": True}
        many = {"items": [{"id": f"task:{n}"} for n in range(101)], "to": "DONE"}
        told = await steward.error(BULK, input=many)
        assert told == ("BAD_USER_INPUT", "items", "items：101 项，应为 1 到 100 项")
        twice = {"items": [{"id": "task:brand"}] * 2, "to": "STARTED"}
        assert (await steward.error(BULK, input=twice))[:2] == ("BAD_USER_INPUT", "items.0.id")


async def test_a_change_is_taken_back_with_a_reason_and_the_record_keeps_both(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        moved = await steward.data(MOVE, input={"id": "problem:steel", "to": "ASSIGNED"})
        entry = moved["moveProblem"]["entry"]["id"]
        solved = await steward.data(
            MOVE, input={"id": "problem:steel", "to": "RESOLVED"}, note={"reason": "好"}
        )
        told = await steward.error(UNDO, entry=entry)
        assert told[:2] == ("BAD_USER_INPUT", "note.reason")
        code, argument, words = await steward.error(UNDO, entry=entry, note={"reason": "误点"})
        assert (code, argument) == ("BAD_USER_INPUT", "entry")
        assert solved["moveProblem"]["entry"]["id"] in words, "what stands on it is named"
        for one in (solved["moveProblem"]["entry"]["id"], entry):
            undone = (await steward.data(UNDO, entry=one, note={"reason": "误点"}))["undoLedgerChange"]
            assert undone["entry"] == {"action": "UNDONE", "undoes": one, "reason": "误点"}
        seen = (await steward.data(RECORD, id="problem:steel"))["problem"]
        assert (seen["status"], seen["version"]) == ("OPEN", 4)
        assert (await steward.error(UNDO, entry=entry, note={"reason": "再"}))[:2] == (
            "BAD_USER_INPUT",
            "entry",
        )


async def test_a_registration_is_taken_back_whole(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        given = problem(responsible=["org:bureau"])
        made = (await steward.data(CREATE, input=given))["createProblem"]
        undone = await steward.data(UNDO, entry=made["entry"]["id"], note={"reason": "重复登记"})
        assert undone["undoLedgerChange"]["item"] is None
        assert (await steward.data(RECORD, id=made["problem"]["id"]))["problem"] is None
        entries = '{ ledgerEntries(where: {about: {eq: "%s"}}) { nodes { action item { id } } } }'
        found = (await steward.data(entries % made["problem"]["id"]))["ledgerEntries"]["nodes"]
        assert sorted((e["action"], e["item"]) for e in found) == [("CREATED", None), ("UNDONE", None)]


async def test_an_old_table_loaded_again_takes_nothing_back(empty_store, tmp_path):
    async with client(empty_store, tmp_path) as steward:
        await steward.data(MOVE, input={"id": "problem:steel", "to": "ASSIGNED"})
        given = {"id": "problem:steel", "responsible": ["org:promotion"]}
        await steward.data(CHANGE, input=given)
        report = await load_folder(empty_store, tmp_path)
        assert report.clean
        await steward.keeper.refresh()
        found = await steward.data('{ problem(id: "problem:steel") { status responsible { nodes { id } } } }')
        assert found["problem"] == {"status": "ASSIGNED", "responsible": {"nodes": [{"id": "org:promotion"}]}}


async def test_nobody_else_writes_and_items_are_not_corrected_past_their_record(empty_store, tmp_path):
    correct = """mutation { correctRow(row: {id: "problem:steel"}, reason: "笔误",
      cells: [{column: "status", text: "RESOLVED"}]) { lines } }"""
    async with client(empty_store, tmp_path) as steward:
        code, argument, words = await steward.error(correct)
        assert (code, argument) == ("BAD_USER_INPUT", "row")
        assert "moveProblem" in words
    move = {"id": "problem:steel", "to": "ASSIGNED"}
    async with asking(empty_store, writable=False) as reader:
        assert (await reader.error(MOVE, input=move))[0] == "FORBIDDEN"
        assert (await reader.error(CREATE, input=problem(town="town:x")))[0] == "FORBIDDEN"
    async with asking(empty_store, writable=True, caller="10.0.0.9") as stranger:
        assert (await stranger.error(MOVE, input=move))[0] == "FORBIDDEN"


async def test_the_lead_of_a_candidate_keeps_its_evidence_as_it_stood(empty_store, tmp_path):
    record = """mutation ($input: RecordLeadInput!) { recordLead(input: $input) {
      lead { id name stage evidence town { id } products { nodes { id } } } } }"""
    given = {"town": "town:flange", "products": ["product:tower"], "organisations": ["org:b"]}
    async with client(empty_store, tmp_path) as steward:
        lead = (await steward.data(record, input=given))["recordLead"]["lead"]
        assert lead["name"] == "定襄法兰招商线索：风电塔筒"
        frozen = orjson.loads(lead["evidence"])
        assert (frozen["rank"], frozen["of"], frozen["list"]) == (1, 1, "candidates")
        assert frozen["row"]["evidence"] == ["HOME"]
        assert (frozen["formula"], frozen["on"]) == ("gap-candidates/evidence-percentiles", TODAY)
        assert frozen["dataVersion"] >= 1
        retract = 'mutation { retractRow(row: {relation: "MAKES", from: "org:b", to: "product:tower"}, '
        await steward.data(retract + 'reason: "不再生产") { lines } }')
        asked = f'{{ lead(id: "{lead["id"]}") {{ evidence }} }}'
        assert (await steward.data(asked))["lead"]["evidence"] == lead["evidence"]
        later = (await steward.data(record, input=given))["recordLead"]["lead"]
        assert orjson.loads(later["evidence"])["note"] == "登记时不在前 200 个候选者之列"


async def test_a_notice_is_a_draft_until_it_is_issued(empty_store, tmp_path):
    draft = """mutation ($input: CreateNoticeInput!) { createNotice(input: $input) {
      notice { id name status issuedOn } } }"""
    issue = draft.replace("createNotice", "issueNotice")
    move = """mutation ($input: MoveNoticeInput!, $note: NoteInput) { moveNotice(input: $input, note: $note) {
      notice { status issuedOn } } }"""
    given = {"town": "town:flange", "reason": "上年评价末位", "dueOn": "2099-12-31"}
    async with client(empty_store, tmp_path) as steward:
        made = (await steward.data(draft, input=given))["createNotice"]["notice"]
        assert (made["status"], made["issuedOn"], made["name"]) == ("DRAFT", None, "定襄法兰督办通知书")
        closing = {"id": made["id"], "to": "CLOSED"}
        assert (await steward.error(move, input=closing, note={"reason": "好"}))[:2] == (
            "BAD_USER_INPUT",
            "to",
        )
        issued = {"id": made["id"], "to": "ISSUED", "on": "2024-11-01"}
        assert (await steward.data(move, input=issued))["moveNotice"]["notice"] == {
            "status": "ISSUED",
            "issuedOn": "2024-11-01",
        }
        back = {"id": made["id"], "to": "DRAFT"}
        found = (await steward.data(move, input=back, note={"reason": "改期"}))["moveNotice"]["notice"]
        assert found == {"status": "DRAFT", "issuedOn": None}
        at_once_ = (await steward.data(issue, input=given))["issueNotice"]["notice"]
        assert at_once_["status"] == "ISSUED"
        assert at_once_["issuedOn"]
        code, argument, _ = await steward.error(issue, input=given | {"dueOn": "2020-01-01"})
        assert (code, argument) == ("BAD_USER_INPUT", "dueOn")
        assert (await steward.error(draft, input=given | {"reason": " "}))[:2] == ("BAD_USER_INPUT", "reason")


@pytest.mark.parametrize("text", ["", "\u0000", "x" * 1_001])
async def test_comments_have_limits(empty_store, tmp_path, text):
    async with client(empty_store, tmp_path) as steward:
        code, argument, _ = await steward.error(COMMENT, input={"id": "problem:steel", "text": text})
        assert (code, argument) == ("BAD_USER_INPUT", "text")
        told = await steward.error(COMMENT, input={"id": "town:flange", "text": "好"})
        assert told[:2] == ("BAD_USER_INPUT", "id")


STANDING = {
    "town:dingxiang-flange": "town:flange",
    "org:agency-140921": "org:bureau",
    "problem:sample-gas-price": "problem:gas",
    "product:wind-tower": "product:tower",
    "org:sample-150000-wind-tower-01": "org:b",
}
"""What stands in the small world for what the page names."""


async def test_the_mutations_of_the_page_are_made_as_they_stand_there(empty_store, tmp_path):
    page = (Path(__file__).parents[3] / "docs" / "reference" / "ledgers.md").read_text(encoding="utf-8")
    asked = re.findall(r"^```graphql\n(mutation.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(asked) == 3
    async with client(empty_store, tmp_path) as steward:
        for query in asked:
            for there, here in STANDING.items():
                query = query.replace(there, here)  # noqa: PLW2901 - name by name
            assert all((await steward.data(query)).values())
        found = (await steward.data('{ problem(id: "problem:gas") { status } }'))["problem"]
        assert found == {"status": "RESOLVED"}
