"""The secret of a machine is made once, for its user alone, and a browser gets it as a cookie."""

import stat

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.http.passes import COOKIE, HEADER, enter, entrance, secret_of, shown
from api.settings import Settings, read_settings
from graph.errors import BadInput
from tests.api.http.passes import TOKEN


def test_a_secret_is_made_once_and_only_its_user_reads_it(tmp_path):
    settings = Settings(token_file=tmp_path / "data" / "token")
    made = secret_of(settings)
    assert len(made) >= 32
    assert secret_of(settings) == made
    assert stat.S_IMODE((tmp_path / "data" / "token").stat().st_mode) == 0o600
    assert secret_of(Settings(token=TOKEN, token_file=tmp_path / "other")) == TOKEN
    assert not (tmp_path / "other").exists()


def test_a_file_that_can_not_be_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="不能读写口令文件"):
        secret_of(Settings(token_file=tmp_path / "file" / "token"))
    with pytest.raises(BadInput, match="是空的"):
        secret_of(Settings(token_file=tmp_path / "file"))


def test_a_short_secret_is_refused():
    with pytest.raises(BadInput, match="至少 16 个字符"):
        read_settings(token="short")  # noqa: S106


@pytest.mark.parametrize(
    ("headers", "right"),
    [
        ({}, False),
        ({HEADER: TOKEN}, True),
        ({HEADER: TOKEN + "x"}, False),
        ({HEADER: "法"}, False),
        ({"cookie": f"{COOKIE}={TOKEN.replace(' ', '%20')}"}, False),
        ({"cookie": f'{COOKIE}="{TOKEN}"'}, True),
    ],
)
def test_the_secret_is_compared(headers, right):
    scope = {"type": "http", "headers": [(k.encode(), v.encode()) for k, v in headers.items()]}
    assert shown(Request(scope), Settings(token=TOKEN)) is right


async def test_a_browser_enters_by_the_address_that_the_start_prints():
    settings = Settings(writable=True, token="0123456789abcdef")  # noqa: S106

    async def entered(request):
        return await enter(request, settings)

    async def asked(request):
        return PlainTextResponse(str(shown(request, settings)))

    app = Starlette(routes=[Route("/enter", entered), Route("/shown", asked)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as browser:
        assert (await browser.get("/shown")).text == "False"
        assert (await browser.get("/enter?token=wrong")).status_code == 403
        answer = await browser.get(f"/{entrance(settings)}")
        assert (answer.status_code, answer.headers["location"]) == (303, "./")
        given = {"token": "0123456789abcdef"}
        view = await browser.get("/enter", params={**given, "to": "?view=data&tab=冲突"})
        assert view.headers["location"] == "./?view=data&tab=%E5%86%B2%E7%AA%81"
        for to in ("//evil.example/", "https://evil.example/", "\r\nx-evil: 1", "/graphiql/"):
            led = await browser.get("/enter", params={**given, "to": to})
            assert led.headers["location"].startswith("./?")
            assert "x-evil" not in led.headers
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=strict" in answer.headers["set-cookie"]
        assert (await browser.get("/shown")).text == "True"
