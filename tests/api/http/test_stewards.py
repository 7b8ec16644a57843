"""A steward on this machine rules over HTTP; nobody else may, and readers see what was ruled and why."""

import asyncio
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from api.http.app import create_app
from api.http.passes import HEADER
from api.http.stewards import LocalSteward
from api.settings import read_settings
from graph.edits.rulings import Grounds, Merge
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.versions import versions
from loaders.load import load_folder
from queries.lookup.entries import index_of
from tests.api.http.passes import PASS, TOKEN

TABLES = {
    "Region": "id,name,level\nregion:140000,山西省,PROVINCE\nregion:140921,定襄县,COUNTY\n",
    "PART_OF": "from,to\nregion:140921,region:140000\n",
    "Source": "id,name,grade\nsource:a,公报,A\nsource:b,报道,B\n",
    "Town": "id,name,level,status\ntown:t,定襄法兰,PROVINCIAL,RECOGNISED\n",
    "LIES_IN": "from,to\ntown:t,region:140921\n",
    "Product": "id,name,category\nproduct:p,法兰,FINISHED\n",
    "Organisation": "id,name,form,region\norg:a,天宝公司,ENTERPRISE,region:140921\n"
    "org:b,天宝有限公司,ENTERPRISE,region:140921\norg:c,恒跃公司,ENTERPRISE,region:140921\n",
    "SUPPLIES": "from,to,product,year,value,source\norg:b,org:c,product:p,2023,100,source:a\n"
    "org:b,org:c,product:p,2024,120,source:a\n",
    "Claim": "subject,metric,value,unit,year,source\ntown:t,OUTPUT_VALUE,1000,YUAN,2024,source:a\n"
    "town:t,OUTPUT_VALUE,2000,YUAN,2024,source:b\n",
}
CLAIMS = '{ claims(subject: "town:t", first: 9) { nodes { id value } } }'
FIGURE = """{ town(id: "town:t") { figure(metric: OUTPUT_VALUE) { value }
  conflicts { rows { chosen { value } others { why { reason words } } } } } }"""
PIN = """mutation ($claim: ID!, $reason: String!) { pinClaim(claim: $claim, reason: $reason, by: "县统计局") {
  lines ruling { id action about reason by undoneOn } } }"""
MERGE = """mutation ($drop: ID!, $keep: ID!) {
  mergeOrganisations(drop: $drop, keep: $keep, reason: "同一执照") { lines ruling { id other } } }"""
RETRACT = (
    """mutation ($row: RowInput!) { retractRow(row: $row, reason: "重复登记") { lines ruling { id } } }"""
)
CORRECT = """mutation ($row: RowInput!, $cells: [CellInput!]!) {
  correctRow(row: $row, cells: $cells, reason: "原表笔误") { lines ruling { before after } } }"""
UNDO_LOAD = """mutation ($load: ID!, $reason: String!) {
  undoLoad(load: $load, reason: $reason, by: "县统计局") {
    lines removed restored load { status undoneOn undoneReason undoneBy } } }"""
UNDO = "mutation ($ruling: ID!) { undoRuling(ruling: $ruling) { lines ruling { undoneOn } } }"


class Client:
    """A client of the service, and the keeper behind it."""

    def __init__(self, http, keeper, store):
        self.http, self.keeper, self.store = http, keeper, store

    async def ask(self, query, **variables):
        body = {"query": query, "variables": variables}
        return (await self.http.post("/graphql", json=body)).json()

    async def data(self, query, **variables):
        answer = await self.ask(query, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    async def error(self, query, **variables):
        answer = await self.ask(query, **variables)
        found = answer["errors"][0]
        return found["extensions"]["code"], found["extensions"].get("argument"), found["message"]

    async def settled(self):
        """Wait until analyses see what was written."""
        wanted = (await versions(self.store)).writes
        while self.keeper.current.writes < wanted:  # noqa: ASYNC110 - the keeper has no event for it
            await asyncio.sleep(0.05)


@asynccontextmanager
async def client(store, tmp_path, *, caller="127.0.0.1", **settings):
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert (await load_folder(store, tmp_path)).clean
    async with SnapshotKeeper(store, derive=index_of, every=0.05) as keeper:
        await keeper.ready()
        app = create_app(store, keeper, read_settings(token=TOKEN, **settings))
        transport = httpx.ASGITransport(app=app, client=(caller, 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=PASS) as http:
            yield Client(http, keeper, store)


async def test_a_pinned_figure_is_seen_with_its_reason_until_it_is_undone(empty_store, tmp_path):
    async with client(empty_store, tmp_path, writable=True) as steward:
        ids = {n["value"]: n["id"] for n in (await steward.data(CLAIMS))["claims"]["nodes"]}
        made = (await steward.data(PIN, claim=ids[2000.0], reason="已核对原件"))["pinClaim"]
        assert made["ruling"] | {"id": ""} == {
            "id": "",
            "action": "PIN",
            "about": f"Claim {ids[2000.0]}",
            "reason": "已核对原件",
            "by": "县统计局",
            "undoneOn": None,
        }
        await steward.settled()
        town = (await steward.data(FIGURE))["town"]
        assert town["figure"]["value"] == 2000
        (row,) = town["conflicts"]["rows"]
        assert row["chosen"]["value"] == 2000
        assert row["others"][0]["why"] == {"reason": "PINNED", "words": "数据管理员选定：已核对原件"}
        undone = (await steward.data(UNDO, ruling=made["ruling"]["id"]))["undoRuling"]
        assert undone["ruling"]["undoneOn"]
        assert (await steward.data(FIGURE))["town"]["figure"]["value"] == 1000


async def test_a_load_is_taken_back_with_a_reason_unless_something_stands_on_it(empty_store, tmp_path):
    town = '{ town(id: "town:t") { name } loads(first: 9) { nodes { id status undoneReason } } }'
    async with client(empty_store, tmp_path, writable=True) as steward:
        (load,) = (await steward.data(town))["loads"]["nodes"]
        for reason in ("", " ", "长" * 1_001):
            code, argument, _ = await steward.error(UNDO_LOAD, load=load["id"], reason=reason)
            assert (code, argument) == ("BAD_USER_INPUT", "reason")
        assert (await steward.error(UNDO_LOAD, load="ruling:x", reason="误"))[1] == "load"
        assert (await steward.error(UNDO_LOAD, load="load:nothing", reason="误"))[0] == "NOT_FOUND"
        claims = (await steward.data(CLAIMS))["claims"]["nodes"]
        ruled = (await steward.data(PIN, claim=claims[0]["id"], reason="已核对"))["pinClaim"]["ruling"]["id"]
        code, argument, words = await steward.error(UNDO_LOAD, load=load["id"], reason="误装")
        assert (code, argument) == ("BAD_USER_INPUT", "load")
        assert f"之后的 {ruled} 改动或用到了同样的行" in words
        assert (await steward.data(town))["town"] == {"name": "定襄法兰"}, "never half"
        await steward.data(
            'mutation ($r: ID!) { undoRuling(ruling: $r, reason: "看错", by: "县统计局") { lines } }', r=ruled
        )
        said = await steward.data("{ rulings(first: 9) { nodes { undoneReason undoneBy } } }")
        assert said["rulings"]["nodes"] == [{"undoneReason": "看错", "undoneBy": "县统计局"}]
        made = (await steward.data(UNDO_LOAD, load=load["id"], reason=" 误装 "))["undoLoad"]
        assert made["removed"] > 10
        assert made["lines"][0].startswith(f"已撤销 {load['id']}：删除")
        record = made["load"]
        assert record["undoneOn"]
        assert (record["status"], record["undoneReason"], record["undoneBy"]) == (
            "UNDONE",
            "误装",
            "县统计局",
        )
        assert (await steward.data(town))["town"] is None, "the answer waited for the snapshot"
        assert "已经撤销" in (await steward.error(UNDO_LOAD, load=load["id"], reason="误装"))[2]


async def test_a_browser_is_told_whether_it_may_write(empty_store, tmp_path):
    asked = "{ viewer { mayWrite whyNot refusal } }"
    async with client(empty_store, tmp_path, writable=True) as steward:
        may = {"mayWrite": True, "whyNot": None, "refusal": None}
        assert (await steward.data(asked))["viewer"] == may
        steward.http.headers.pop(HEADER)
        found = (await steward.data(asked))["viewer"]
        assert not found["mayWrite"]
        assert "在浏览器中打开服务启动时显示的地址" in found["whyNot"]
        assert found["refusal"] == "NO_PASS"
        assert (await steward.error(UNDO_LOAD, load="load:x", reason="误"))[0] == "FORBIDDEN"


@pytest.mark.parametrize(
    ("settings", "headers", "refusal"),
    [
        ({"writable": False}, {}, "OFF"),
        ({"writable": True, "host": "0.0.0.0"}, {}, "EXPOSED"),  # noqa: S104
        ({"writable": True}, {"via": "1.1 proxy"}, "ELSEWHERE"),
        ({"writable": True}, {"sec-fetch-site": "cross-site"}, "FOREIGN"),
        ({"writable": True}, {HEADER: "wrong"}, "NO_PASS"),
    ],
)
async def test_what_stands_against_a_write_has_a_name(
    empty_store, tmp_path, settings: dict[str, Any], headers: dict[str, str], refusal: str
):
    """A page offers the field for the pass only where the pass is what is lacking."""
    async with client(empty_store, tmp_path, **settings) as steward:
        steward.http.headers.update(headers)
        found = (await steward.data("{ viewer { mayWrite whyNot refusal } }"))["viewer"]
        assert (found["mayWrite"], found["refusal"]) == (False, refusal)
        assert found["whyNot"]


async def test_a_merged_firm_answers_by_its_old_id(empty_store, tmp_path):
    firm = '{ organisation(id: "org:b") { id name aliases } }'
    async with client(empty_store, tmp_path, writable=True) as steward:
        made = (await steward.data(MERGE, drop="org:b", keep="org:a"))["mergeOrganisations"]
        assert (await steward.data(firm))["organisation"]["id"] == "org:a", "before the next snapshot"
        await steward.settled()
        found = (await steward.data(firm))["organisation"]
        assert found == {"id": "org:a", "name": "天宝公司", "aliases": ["天宝有限公司"]}
        assert await steward.error(MERGE, drop="org:b", keep="org:c") == (
            "NOT_FOUND",
            None,
            "drop：图中没有 org:b",
        )
        await steward.data(UNDO, ruling=made["ruling"]["id"])
        await steward.settled()
        assert (await steward.data('{ node(id: "org:b") { id } }'))["node"] == {"id": "org:b"}


async def test_rows_are_named_by_id_or_by_their_ends(empty_store, tmp_path):
    flow = {"relation": "SUPPLIES", "from": "org:b", "to": "org:c"}
    async with client(empty_store, tmp_path, writable=True) as steward:
        code, argument, words = await steward.error(RETRACT, row=flow)
        assert (code, argument) == ("BAD_USER_INPUT", "key")
        assert "product:p|2023|source:a、product:p|2024|source:a" in words
        for row, path in (
            ({"id": "org:a", "relation": "SUPPLIES"}, "row"),
            ({"relation": "SUPPLIES", "from": "org:a"}, "row"),
            ({}, "row"),
            ({"relation": "SELLS", "from": "org:a", "to": "org:c"}, "row.relation"),
            ({"id": "flange"}, "row.id"),
        ):
            assert (await steward.error(RETRACT, row=row))[:2] == ("BAD_USER_INPUT", path)
        one = flow | {"key": "product:p|2023|source:a"}
        assert (await steward.data(RETRACT, row=one))["retractRow"]["lines"][0].startswith("已撤回 SUPPLIES")
        cells = [{"column": "value", "text": "一百"}]
        assert (await steward.error(CORRECT, row=flow, cells=cells))[:2] == ("BAD_USER_INPUT", "cells.value")
        told = await steward.data(CORRECT, row=flow, cells=[{"column": "value", "text": "130"}])
        assert told["correctRow"]["ruling"] == {"before": '{"value":120.0}', "after": '{"value":130.0}'}


class Leaving:
    """A store whose asker goes away when a write begins, or when it has ended."""

    def __init__(self, store, *, before):
        self.store, self.before, self.asker = store, before, None
        self.read = store.read

    async def write(self, *statements):
        if self.before:
            self.asker.cancel()
        rows = await self.store.write(*statements)
        self.asker.cancel()
        return rows


@pytest.mark.parametrize("before", [True, False])
async def test_a_ruling_is_made_whole_though_its_client_left(empty_store, tmp_path, before):
    async with client(empty_store, tmp_path, writable=True) as steward:
        left = Leaving(empty_store, before=before)
        left.asker = asyncio.create_task(
            LocalSteward(left).rule(Merge("org:b", "org:a"), Grounds("同一执照"))
        )
        await asyncio.wait([left.asker])
        async with asyncio.timeout(10):
            while not await empty_store.read("MATCH (r:Ruling) RETURN {id: r.id} AS ruling"):  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.05)
        assert (await versions(empty_store)).settled
        claim = (await steward.data(CLAIMS))["claims"]["nodes"][0]["id"]
        assert (await steward.data(PIN, claim=claim, reason="已核对原件"))["pinClaim"]["lines"]


@pytest.mark.parametrize(
    ("settings", "caller"),
    [
        ({}, "127.0.0.1"),
        ({"writable": True}, "192.168.1.7"),
        ({"writable": True, "host": "192.168.1.1"}, "127.0.0.1"),
    ],
)
async def test_nobody_else_rules(empty_store, tmp_path, settings, caller):
    async with client(empty_store, tmp_path, caller=caller, **settings) as stranger:
        assert (await stranger.error(MERGE, drop="org:b", keep="org:a"))[0] == "FORBIDDEN"
        get = await stranger.http.get(
            "/graphql", params={"query": 'mutation { undoRuling(ruling: "x") { lines } }'}
        )
        assert get.status_code == 405
