"""Sole traders and family farms over HTTP, hidden and not: no answer tells a reader who they are."""

import asyncio
import atexit
import base64
import csv
import io
import json
import shutil
import socket
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp
from zipfile import ZipFile

import httpx
import pytest

from api.http.serving import serve
from api.settings import Settings, read_settings
from graph.edits.upsert import NodeRow, declare, merge_nodes
from graph.kinds.credit_code import check_character, inner_check_character
from graph.kinds.entities import Organisation
from graph.kinds.facts import Ruling
from graph.kinds.persons import number_of
from graph.snapshot.keeper import SnapshotKeeper
from graph.store.store import Statement
from loaders.load import load_folder
from tests.api.http.passes import PASS, TOKEN

BUNDLES = Path(mkdtemp())
atexit.register(shutil.rmtree, BUNDLES, ignore_errors=True)
WIPE = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN {gone: count(*)} AS wiped"
FORGET = "MATCH (n:Organisation {id: 'org:new'}) DETACH DELETE n"


def code(letters):
    body = "92149999" + letters
    body += inner_check_character(letters)
    return body + check_character(body)


FARM, TRADER, FIRM = "org:f1", "org:t1", "org:firm"
CODES = {FARM: code("MA0AAAA1"), TRADER: code("MA0AAAA2"), FIRM: code("MA0AAAA3")}
TABLES = {
    "Region": """id,name,level
        region:140000,山西省,PROVINCE
        region:140921,定襄县,COUNTY
        region:140703,太谷区,COUNTY""",
    "PART_OF": """from,to
        region:140921,region:140000
        region:140703,region:140000""",
    "Source": "id,name,grade\nsource:a,甲,A\nsource:b,乙,B",
    "Product": "id,name,category\nproduct:p,法兰坯,COMPONENT",
    "Town": "id,name,level,status\ntown:d,定襄法兰,COUNTY,CANDIDATE",
    "LIES_IN": "from,to\ntown:d,region:140921",
    "Organisation": f"""id,name,aliases,form,uscc,address,longitude,latitude,foundedOn
        {FARM},王二小家庭农场,二小农场|王家地,FAMILY_FARM,{CODES[FARM]},南关村十八号,112.9512,38.4871,2011-05-06
        {TRADER},欧阳铁柱机加工部,铁柱部,SOLE_TRADER,{CODES[TRADER]},河边镇东街二号,113.1234,38.5678,2015-01-02
        org:t2,赵小满商店,,SOLE_TRADER,,,,,
        org:f2,兴旺家庭农场,,FAMILY_FARM,,,112.5555,37.4444,
        {FIRM},天宝锻造有限公司,天宝,ENTERPRISE,{CODES[FIRM]},锻造园一号,112.9999,38.4999,2001-01-01
        org:firm2,恒跃重工有限公司,,ENTERPRISE,,,,,""",
    "LOCATED_IN": f"""from,to
        {FARM},region:140921
        {TRADER},region:140921
        org:f2,region:140703
        {FIRM},region:140921""",
    "MEMBER_OF": "from,to\n"
    + "\n".join(f"{id},town:d" for id in (FARM, TRADER, "org:t2", FIRM, "org:firm2")),
    "LEADS": f"from,to\n{FIRM},town:d",
    "SUPPLIES": f"""from,to,source,product,year,value
        {TRADER},{FIRM},source:a,product:p,2024,100
        {TRADER},{FIRM},source:b,product:p,2024,200
        {FARM},{TRADER},source:a,product:p,2024,50
        org:t2,{FIRM},source:a,product:p,2024,70
        {FIRM},org:firm2,source:a,product:p,2024,900""",
    "Claim": f"""subject,metric,value,unit,source,year
        {FARM},REVENUE,1000,元,source:a,2024
        {FARM},REVENUE,2000,元,source:b,2024
        {TRADER},REVENUE,5000,元,source:a,2024
        {FIRM},REVENUE,9000,元,source:a,2024""",
}
HIDDEN = [FARM, TRADER, "org:t2", "org:f2"]
SECRETS = [
    *("王二小", "二小农场", "王家地", "欧阳", "铁柱", "赵小满", "兴旺", CODES[FARM], CODES[TRADER]),
    *("南关村", "东街", "112.95", "38.48", "113.12", "38.56", "112.55", "37.44"),
]
FARM_NAME = f"定襄县家庭农场 {number_of(FARM)} 号"
TRADER_NAME = f"定襄县个体工商户 {number_of(TRADER)} 号"
NAMES = [
    *(FARM_NAME, TRADER_NAME, f"个体工商户 {number_of('org:t2')} 号"),
    f"太谷区家庭农场 {number_of('org:f2')} 号",
]
ORG = "id name aliases form uscc address longitude latitude stockCode foundedOn"
BROAD = f"""{{
    organisations(first: 50) {{ totalCount edges {{ cursor node {{ {ORG} }} }} }}
    nodes(ids: {json.dumps(HIDDEN)}) {{ id ... on Organisation {{ {ORG} }} }}
    organisation(id: "{TRADER}") {{ {ORG}
      suppliers(first: 9) {{ edges {{ cursor node {{ {ORG} }} }} }}
      customers(first: 9) {{ nodes {{ {ORG} }} }}
      upstream(depth: 3) {{
        nodes {{ organisation {{ {ORG} }} }} links {{ seller {{ name }} buyer {{ name }} }} }}
      downstream(depth: 3) {{ nodes {{ organisation {{ {ORG} }} }} }}
      extraction(first: 9) {{ dependents {{ organisation {{ {ORG} }} }} method {{ query }} }}
      history(first: 50) {{ events {{ other {{ name aliases }} }} }} }}
    town(id: "town:d") {{ members(first: 50) {{ edges {{ cursor node {{ {ORG} }} }} }}
      changes(from: 2010, to: 2024) {{ came {{ rows {{ {ORG} }} }} founded {{ rows {{ {ORG} }} }} }} }}
    supplies(first: 50) {{ edges {{ cursor node {{ from {{ name aliases }} to {{ name aliases }} }} }} }}
    claims(subject: "{FARM}", first: 9) {{ nodes {{ subject {{ name ... on Organisation {{ {ORG} }} }} }} }}
    conflicts {{ count rows {{ subject {{ name aliases }} }}
      flows {{ chosen {{ seller {{ {ORG} }} buyer {{ name }} }} }} }}
    rulings(first: 9) {{ nodes {{ about reason before after }} }}
    ruling(id: "ruling:one") {{ about before after }}
    whatIf(edits: [{{ close: {{ organisation: "{TRADER}" }} }}]) {{
      organisationExtraction(id: "{FIRM}", first: 9) {{
        before {{ dependents {{ organisation {{ {ORG} }} }} }} }} }}
    found: search(text: "定襄县", first: 50) {{ id name matched entity {{ name aliases }} }}
    byId: search(text: "{FARM}", first: 50) {{ id name matched entity {{ name aliases }} }}
}}"""


def write(folder):
    for name, text in TABLES.items():
        lines = (line.strip() for line in text.splitlines())
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
async def report(store, tmp_path_factory):
    while (await store.write(Statement(WIPE)))[0]["gone"]:
        pass
    await declare(store)
    folder = tmp_path_factory.mktemp("persons")
    write(folder)
    report = await load_folder(store, folder)
    assert report.clean, list(report.lines())
    cells = {"action": "CORRECT", "about": f"Organisation {FARM}", "reason": "核对", "ruledOn": "2024-01-01"}
    told = {"before": '{"name": "王二小家庭农场"}', "after": '{"name": "王家地家庭农场"}'}
    await store.write(*merge_nodes(Ruling, [NodeRow("ruling:one", cells | told)]))
    return report


@asynccontextmanager
async def served(store, **given):
    """Run the service as the command line does, and give a client of it.

    All of them share a folder of bundles: one that hides persons opens what one that shows them has saved.
    """
    settings, ready = Settings(token=TOKEN, bundles=BUNDLES, **given), asyncio.Event()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        running = asyncio.create_task(serve(store, taken, settings, ready.set, whole=True))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, headers=PASS) as client:
            yield client
        running.cancel()
        await asyncio.wait({running, waiting}, timeout=20, return_when=asyncio.ALL_COMPLETED)


@pytest.fixture(scope="module")
async def hidden(store, report):
    assert report.clean
    async with served(store, hide_persons=True, writable=True) as client:
        yield client


@pytest.fixture(scope="module")
async def shown(store, report):
    assert report.clean
    async with served(store, writable=True) as client:
        yield client


async def asked(client, query, **variables):
    response = await client.post("/graphql", json={"query": query, "variables": variables})
    body = response.json()
    assert "errors" not in body, body["errors"]
    return body["data"]


def texts(value, key=""):
    """List all texts of an answer, cursors in clear."""
    if isinstance(value, dict):
        return [text for name, part in value.items() for text in texts(part, name)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part, key)]
    if key in {"cursor", "startCursor", "endCursor"} and value:
        return [json.dumps(json.loads(base64.urlsafe_b64decode(value)), ensure_ascii=False)]
    return [str(value)]


async def test_no_answer_tells_who_they_are(hidden, shown):
    data = await asked(hidden, BROAD)
    told = "\n".join(texts(data))
    assert [secret for secret in SECRETS if secret in told] == []
    assert all(name in told for name in NAMES)
    assert "天宝锻造有限公司" in told
    whole = "\n".join(texts(await asked(shown, BROAD)))
    assert [secret for secret in SECRETS if secret not in whole] == []
    assert [name for name in NAMES if name in whole] == []


async def test_what_is_counted_and_computed_stays_as_it_is(hidden, shown):
    query = f"""{{ organisation(id: "{TRADER}") {{
        upstream(depth: 3) {{ links {{ value product {{ name }} }} }}
        extraction(first: 9) {{ total own dependents {{ organisation {{ id foundedOn }} }} }}
        figure(metric: REVENUE) {{ value }} }}
        organisationCounts(by: REGION) {{ key count }} conflicts {{ count }} snapshot {{ id }} }}"""
    assert await asked(hidden, query) == await asked(shown, query)


PART = ["王二小", "wangerxiao", "wex", "铁柱部", "南关村", CODES[FARM]]
SEARCH = "query($text: String!) { search(text: $text, first: 20) { id name matched } }"


@pytest.mark.parametrize("text", PART)
async def test_search_finds_none_of_them_by_what_is_hidden(hidden, shown, text):
    found = {hit["id"] for hit in (await asked(hidden, SEARCH, text=text))["search"]}
    assert found.isdisjoint(HIDDEN)
    before = {hit["id"] for hit in (await asked(shown, SEARCH, text=text))["search"]}
    assert text == "南关村" or before


async def test_search_finds_them_by_the_name_that_is_shown(hidden):
    (first, *_) = (await asked(hidden, SEARCH, text=FARM_NAME))["search"]
    assert first == {"id": FARM, "name": FARM_NAME, "matched": FARM_NAME}


async def test_a_credit_code_finds_only_what_is_not_hidden(hidden, shown):
    query = """query($c: ID!, $u: String!) { a: organisation(id: $c) { id } b: organisation(uscc: $u) { id }
        node(id: $c) { id } }"""
    for id, text in CODES.items():
        data = await asked(hidden, query, c=text, u=text)
        assert data == dict.fromkeys(("a", "b", "node"), None if id in HIDDEN else {"id": id})
        assert (await asked(shown, query, c=text, u=text))["a"] == {"id": id}
    response = await hidden.post(
        "/graphql", json={"query": f'{{ claims(subject: "{CODES[FARM]}", first: 1) {{ totalCount }} }}'}
    )
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


GUESSES = [
    ({"name": {"eq": "王二小家庭农场"}}, {"name": {"eq": "李二小家庭农场"}}),
    ({"name": {"contains": "二小"}}, {"name": {"contains": "三小"}}),
    ({"uscc": {"in": [CODES[FARM]]}}, {"uscc": {"in": ["9"]}}),
    ({"address": {"startsWith": "南关"}}, {"address": {"startsWith": "南南"}}),
    ({"latitude": {"gte": 38.48, "lte": 38.49}}, {"latitude": {"gte": 8.0, "lte": 9.0}}),
]
SHAPES = [
    lambda guess: guess,
    lambda guess: {"not": guess},
    lambda guess: {"or": [guess, {"form": {"eq": "ENTERPRISE"}}]},
    lambda guess: {"not": {"and": [guess, {"form": {"eq": "FAMILY_FARM"}}]}},
]


@pytest.mark.parametrize(("guess", "wrong"), GUESSES)
@pytest.mark.parametrize("shape", SHAPES)
async def test_a_right_guess_in_a_filter_is_answered_as_a_wrong_one(hidden, shown, guess, wrong, shape):
    query = """query($w: OrganisationFilter) { organisations(first: 50, where: $w) { totalCount nodes { id } }
        town(id: "town:d") { members(first: 50, where: $w) { totalCount nodes { id } } } }"""
    right, other = [await asked(hidden, query, w=shape(g)) for g in (guess, wrong)]
    assert right == other
    right, other = [await asked(shown, query, w=shape(g)) for g in (guess, wrong)]
    assert right != other


async def test_a_filter_on_rulings_does_not_tell_either(hidden, shown):
    query = '{ rulings(first: 9, where: {before: {contains: "王二小"}}) { totalCount } }'
    assert (await asked(hidden, query))["rulings"]["totalCount"] == 0
    assert (await asked(shown, query))["rulings"]["totalCount"] == 1


ORDERS = ["NAME_ASC", "NAME_DESC", "LATITUDE_ASC", "LONGITUDE_DESC", "FOUNDED_ON_ASC"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("way", [("first", "after"), ("last", "before")])
async def test_an_order_puts_them_last_by_id_and_pages_through_all(hidden, order, way):
    size, cursor = way
    query = f"""query($at: String) {{ organisations({size}: 2, {cursor}: $at, orderBy: {order}) {{
        edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}"""
    found, at = [], None
    while True:
        page = (await asked(hidden, query, at=at))["organisations"]
        ids = [edge["node"]["id"] for edge in page["edges"]]
        found = found + ids if size == "first" else ids + found
        if not page["pageInfo"]["hasNextPage" if size == "first" else "hasPreviousPage"]:
            break
        at = page["edges"][-1 if size == "first" else 0]["cursor"]
        assert [s for s in SECRETS if s in base64.urlsafe_b64decode(at).decode()] == []
    assert sorted(found) == sorted([*HIDDEN, FIRM, "org:firm2"])
    if not order.startswith("FOUNDED"):
        last = [id for id in found if id in HIDDEN]
        assert last == sorted(HIDDEN, reverse=order.endswith("DESC"))
        assert "LAT" in order or "LONG" in order or found[2:] == last


async def test_what_is_newer_than_the_snapshot_is_not_shown_yet(hidden, store):
    new = {"name": "钱多多家庭农场", "form": "FAMILY_FARM", "address": "某村"}
    await store.write(*merge_nodes(Organisation, [NodeRow("org:new", new)]))
    try:
        query = """{ organisation(id: "org:new") { name address aliases }
            organisations(first: 50) { nodes { name } } }"""
        data = await asked(hidden, query)
    finally:
        await store.write(Statement(FORGET))
    assert data["organisation"] is None
    assert "钱多多" not in str(data)


async def test_the_download_of_stewards_holds_the_true_names_and_says_so(hidden, shown):
    for client, told in ((hidden, True), (shown, False)):
        response = await client.get("/export")
        assert response.status_code == 200, response.text
        with ZipFile(io.BytesIO(response.content)) as packed:
            rows = list(csv.DictReader(io.StringIO(packed.read("Organisation.csv").decode("utf-8-sig"))))
            assert "王二小家庭农场" in {row["name"] for row in rows}
            assert ("含未隐去的人名" in packed.read("report.txt").decode()) is told


@pytest.mark.usefixtures("report")
async def test_without_a_mask_what_is_shown_is_the_whole(store):
    keeper = SnapshotKeeper(store)
    await keeper.refresh()
    assert keeper.whole is keeper.current
    assert not keeper.masked


def test_a_load_says_which_names_look_like_those_of_persons(report):
    said = [str(warning) for warning in report.warnings if warning.column == "name"]
    why = "像是人名：请确认可公开，或设置 ZHENLIAN_HIDE_PERSONS=true"
    assert said == [
        f"Organisation.csv:{row}:name：“{name}”：{why}"
        for row, name in ((2, "王二小家庭农场"), (3, "欧阳铁柱机加工部"), (4, "赵小满商店"))
    ]


@pytest.mark.usefixtures("report")
async def test_many_such_names_are_counted(store, tmp_path):
    (tmp_path / "Organisation.csv").write_text(
        "id,name,form\n"
        + "".join(f"org:x{n},李{c}商店,SOLE_TRADER\n" for n, c in enumerate("甲乙丙丁戊己庚")),
        encoding="utf-8",
    )
    found = await load_folder(store, tmp_path, dry=True)
    said = [str(warning) for warning in found.warnings]
    assert len(said) == 6
    assert said[-1] == "Organisation.csv:name：共 7 个主体的名称像是人名，此处只列前 5 个"


def test_the_setting_is_read_from_the_environment(monkeypatch):
    assert not read_settings().hide_persons
    monkeypatch.setenv("ZHENLIAN_HIDE_PERSONS", "true")
    assert read_settings().hide_persons
