"""GET /lists/{list}: headers and names of files, what is refused and how."""

from urllib.parse import unquote

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from api.http.lists import Lists
from tests.queries.briefings.flanges import TOWN, flanges


@pytest.fixture(scope="module")
def snapshot():
    return flanges(name="定襄/法兰")


async def asked(snapshot, path):
    app = Starlette(routes=[Route("/lists/{list}", Lists(lambda: snapshot, 30.0).answer)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        return await client.get(f"/lists/{path}")


async def test_a_list_comes_with_its_chinese_name(snapshot):
    answer = await asked(snapshot, f"gaps?town={TOWN}&asOf=2024&format=csv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    said = answer.headers["content-disposition"]
    assert said.startswith("attachment; filename=\"gaps.csv\"; filename*=UTF-8''")
    day = f"{snapshot.taken_at:%Y%m%d}"
    assert unquote(said.partition("''")[2]) == f"定襄／法兰_缺口清单_{day}.csv"
    assert "钢材" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("none?town=town:t", 404, "没有清单 “none”"),
        ("gaps?town=town:tt", 404, "town：图中没有“town:tt”；是否应为 town:t（定襄/法兰）"),
        ("gaps?town=town:t&asOf=24", 400, "asOf：“24”应为 1900 到"),
        ("gaps?town=town:t&realOnly=yes", 400, "realOnly：“yes”应为 true 或 false"),
        ("gaps?town=town:t&town=town:t", 400, "town：给出了两次"),
        ("gaps", 400, "town：请给出"),
    ],
)
async def test_what_can_not_be_is_refused_in_words(snapshot, path, status, words):
    answer = await asked(snapshot, path)
    assert answer.status_code == status
    assert words in answer.json()["error"]["message"]


async def test_before_the_first_snapshot_it_is_asked_to_wait():
    assert (await asked(None, "gaps?town=town:t")).status_code == 503
