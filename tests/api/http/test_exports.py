"""The download of the graph: who may, what comes, and what a wrong argument is told."""

import io
from zipfile import ZipFile

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from api.http.exports import Exports
from api.settings import Settings
from graph.kinds.entities import Organisation, Region, Town
from graph.kinds.relations import LiesIn, LocatedIn
from graph.kinds.terms import OrganisationForm, RegionLevel, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from tests.api.http.passes import PASS, TOKEN

SNAPSHOT = Snapshot.of(
    [
        Region(id="region:140921", name="定襄县", level=RegionLevel.COUNTY),
        Region(id="region:140121", name="清徐县", level=RegionLevel.COUNTY),
        Town(id="town:a", name="甲镇", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE),
        Organisation(id="org:a", name="=甲厂", form=OrganisationForm.ENTERPRISE, aliases=["a|b"]),
        Organisation(id="org:b", name="乙厂", form=OrganisationForm.ENTERPRISE, synthetic=True),
    ],
    [
        LiesIn(start="town:a", end="region:140921"),
        LocatedIn(start="org:a", end="region:140921"),
        LocatedIn(start="org:b", end="region:140121"),
    ],
)


async def get(  # noqa: PLR0913 - the parts of a request
    query="", *, host="127.0.0.1", name="127.0.0.1", writable=True, snapshot=SNAPSHOT, headers=PASS
):
    exports = Exports(Settings(writable=writable, host=host, token=TOKEN), lambda: snapshot)
    transport = httpx.ASGITransport(Starlette(routes=[Route("/export", exports.answer)]))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{name}", headers=headers) as client:
        return await client.get(f"/export{query}")


def tables(response: httpx.Response) -> dict[str, str]:
    assert response.status_code == 200, response.text
    with ZipFile(io.BytesIO(response.content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


async def test_everything_comes_as_a_zip():
    response = await get()
    assert response.headers["content-type"] == "application/zip"
    found = tables(response)
    assert set(found) == {
        *("Region.csv", "Town.csv", "Organisation.csv", "LIES_IN.csv", "LOCATED_IN.csv", "report.txt")
    }
    assert found["Organisation.csv"].splitlines()[1] == "org:a,=甲厂,a\\|b,false,ENTERPRISE,,,,,,,"


async def test_a_part_comes_for_excel():
    found = tables(await get("?town=town:a&excel=true&realOnly=true"))
    lines = found["Organisation.csv"].splitlines()
    assert lines[0].startswith("\ufeffid,name")
    assert [line.split(",")[1] for line in lines[1:]] == ["'=甲厂"]
    assert "140121" not in found["Region.csv"]


@pytest.mark.parametrize(
    "how",
    [{"writable": False}, {"host": "0.0.0.0"}, {"name": "evil.example"}, {"headers": {}}],  # noqa: S104
)
async def test_only_this_machine_may_and_only_when_allowed(how):
    response = await get(**how)
    assert response.status_code == 403
    assert "ZHENLIAN_WRITABLE" in response.json()["error"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?format=xlsx", "没有格式 “xlsx”"),
        ("?town=town:x", "没有专业镇 “town:x”：应为库中专业镇的标识，如 town:a"),
        ("?asOf=soon", "应为年份"),
        ("?towns=town:a", "没有参数 towns"),
        ("?excel=1", "应为 true 或 false"),
        ("?format=jsonl&excel=true", "只用于 csv"),
    ],
)
async def test_a_wrong_argument_is_told(query, said):
    response = await get(query)
    assert response.status_code == 400
    assert said in response.json()["error"]


async def test_without_a_snapshot_it_waits():
    assert (await get(snapshot=None)).status_code == 503
