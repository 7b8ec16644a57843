"""A small world whose ledgers are kept over HTTP: two towns, three bodies, two firms, a chain."""

import asyncio
from contextlib import asynccontextmanager

import httpx

from api.http.app import create_app
from api.settings import read_settings
from graph.snapshot.keeper import SnapshotKeeper
from loaders.load import load_folder
from queries.lookup.entries import index_of
from tests.api.http.passes import PASS, TOKEN

MINE = (
    *("problem:steel", "problem:permit", "problem:gas"),
    *("task:list", "task:tower", "task:brand", "task:fair", "task:park", "task:later"),
    *("project:line", "notice:draft", "lead:tower"),
)
OTHERS = ("problem:gas", "task:fair", "task:park", "task:later")
"""Nobody answers for them."""
TABLES = {
    "Region": "id,name,level\nregion:140000,山西省,PROVINCE\nregion:140900,忻州市,CITY\n"
    "region:140921,定襄县,COUNTY\nregion:140802,盐湖区,COUNTY\n",
    "PART_OF": "from,to\nregion:140921,region:140900\nregion:140900,region:140000\n"
    "region:140802,region:140000\n",
    "Source": "id,name,grade\nsource:a,公报,A\n",
    "Town": "id,name,level,status\ntown:flange,定襄法兰,PROVINCIAL,RECOGNISED\n"
    "town:pump,盐湖水泵,PROVINCIAL,RECOGNISED\n",
    "LIES_IN": "from,to\ntown:flange,region:140921\ntown:pump,region:140802\n",
    "Product": "id,name,category\nproduct:flange,法兰,FINISHED\nproduct:tower,风电塔筒,FINISHED\n",
    "Organisation": "id,name,form,region\norg:bureau,定襄县工信局,AGENCY,region:140921\n"
    "org:promotion,忻州市招商局,AGENCY,region:140900\norg:city,盐湖区工信局,AGENCY,region:140802\n"
    "org:a,天宝公司,ENTERPRISE,region:140921\norg:b,塔筒公司,ENTERPRISE,region:140802\n",
    "MAKES": "from,to,year,source\norg:a,product:flange,2024,source:a\norg:b,product:tower,2024,source:a\n",
    "MEMBER_OF": "from,to\norg:a,town:flange\n",
    "Problem": "id,name,extent,status,raisedOn,dueOn,resolvedOn\n"
    "problem:steel,锻钢全部外购,COMMON,OPEN,2024-02-20,2024-06-30,\n"
    "problem:permit,厂房手续未办,INDIVIDUAL,RESOLVED,2024-01-10,2024-03-31,2024-04-20\n"
    "problem:gas,气价偏高,COMMON,ASSIGNED,2024-05-01,2024-12-31,\n",
    "Task": "id,name,year,dueOn,status\ntask:list,编制补链清单,2024,2024-03-31,DONE\n"
    "task:tower,引进塔筒企业,2024,2024-06-30,STARTED\ntask:brand,申报区域品牌,2024,2024-09-30,PLANNED\n"
    "task:fair,参加法兰展,2024,2024-12-31,STARTED\ntask:park,园区认定,2024,2024-12-31,CANCELLED\n"
    "task:later,长期任务,2024,2025-03-31,PLANNED\ntask:other,水泵对接,2024,2024-06-30,PLANNED\n",
    "Project": "id,name,status,investment,startOn,dueOn\n"
    "project:line,大型法兰生产线,STARTED,320000000,2023-03-01,2024-08-31\n",
    "Notice": "id,name,issuedOn,dueOn,reason,status\n"
    "notice:draft,定襄法兰督办通知书,,2024-12-31,任务推进迟缓,DRAFT\n",
    "Lead": "id,name,stage,recordedOn\nlead:tower,引进塔筒制造,CONTACTED,2024-05-20\n",
    "OF_TOWN": "from,to\n" + "".join(f"{id},town:flange\n" for id in MINE) + "task:other,town:pump\n",
    "RESPONSIBLE_FOR": "from,to,source\n"
    + "".join(f"org:bureau,{id},source:a\n" for id in MINE if id not in OTHERS)
    + "org:promotion,task:tower,source:a\norg:promotion,lead:tower,source:a\norg:city,task:other,source:a\n",
    "CONCERNS": "from,to\nproblem:permit,org:a\n",
}


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

    async def refused(self, query, **variables):
        """The first error of an answer."""
        return (await self.ask(query, **variables))["errors"][0]

    async def error(self, query, **variables):
        found = await self.refused(query, **variables)
        return found["extensions"]["code"], found["extensions"].get("argument"), found["message"]


async def filled(store, folder):
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = await load_folder(store, folder)
    assert report.clean, report


@asynccontextmanager
async def asking(store, *, caller="127.0.0.1", **settings):
    """Ask a store as it is."""
    async with SnapshotKeeper(store, derive=index_of, every=60) as keeper:
        await keeper.ready()
        app = create_app(store, keeper, read_settings(token=TOKEN, **settings))
        transport = httpx.ASGITransport(app=app, client=(caller, 5))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=PASS, timeout=60
        ) as http:
            yield Client(http, keeper, store)


@asynccontextmanager
async def client(store, folder, **settings):
    """Ask the small world."""
    await filled(store, folder)
    async with asking(store, **{"writable": True, **settings}) as made:
        yield made


async def at_once(asked):
    return await asyncio.gather(*asked)
