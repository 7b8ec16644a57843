"""Answers are compressed where that pays, say so, and mean the same."""

import gzip

import httpx
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from api.http.compression import LEAST, LONG, Compression
from api.http.page import PAGE, Files

TEXT = "定襄法兰 " * 200_000
OPENED = {"gzip": gzip.decompress, "zstd": zstandard.ZstdDecompressor().decompress}


async def streamed(_):
    async def parts():
        for _ in range(3):
            yield TEXT[:3000]

    return StreamingResponse(parts(), media_type="text/plain")


async def sized(request):
    return PlainTextResponse(TEXT.encode()[: int(request.path_params["size"])], headers={"etag": '"a"'})


async def packed(_):
    return Response(
        b"x" * 5000, media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


async def packed_already(_):
    return Response(b"x" * 5000, media_type="text/plain", headers={"content-encoding": "br"})


async def varying(_):
    return JSONResponse(["x"] * 1000, headers={"vary": "Cookie"})


app = Compression(
    Starlette(
        routes=[
            Route("/sized/{size}", sized),
            Route("/streamed", streamed),
            Route("/xlsx", packed),
            Route("/already", packed_already),
            Route("/varying", varying),
            Mount("/page", Files(directory=PAGE / "graphiql", html=True)),
        ]
    )
)


async def got(path, accepted, method="GET", **headers):
    """Fetch; return the status, the headers and the body as it was sent."""
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client,
        client.stream(method, path, headers={"accept-encoding": accepted} | headers) as response,
    ):
        raw = b"".join([part async for part in response.aiter_raw()])
        return response.status_code, response.headers, raw


@pytest.mark.parametrize("way", OPENED)
@pytest.mark.parametrize("size", [LEAST, LONG + 1])
async def test_long_answers_are_compressed(way, size):
    _, headers, raw = await got(f"/sized/{size}", way)
    assert headers["content-encoding"] == way
    assert int(headers["content-length"]) == len(raw) < size
    assert headers["vary"] == "Accept-Encoding"
    assert headers["etag"] == 'W/"a"'
    assert OPENED[way](raw) == TEXT.encode()[:size]


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        (f"/sized/{LEAST - 1}", "gzip"),
        (f"/sized/{LEAST}", "identity"),
        (f"/sized/{LEAST}", "gzip;q=0, br"),
        (f"/sized/{LEAST}", "nonsense;q=x, gzip;q=much"),
        ("/streamed", "gzip"),
        ("/xlsx", "gzip"),
        ("/already", "gzip"),
    ],
)
async def test_others_go_out_as_they_are(path, accepted):
    _, headers, raw = await got(path, accepted)
    assert headers.get("content-encoding") in {None, "br"}
    assert headers.get("etag") in {None, '"a"'}
    assert ("vary" in headers) == (path not in {"/xlsx", "/already"})
    assert len(raw) >= LEAST - 1


async def test_what_varied_varies_with_the_encoding_too():
    _, headers, _ = await got("/varying", "gzip")
    assert headers["vary"] == "Cookie, Accept-Encoding"


async def test_files_of_the_page_are_compressed_and_not_sent_twice():
    status, headers, raw = await got("/page/query.js", "gzip, zstd")
    assert (status, headers["content-encoding"]) == (200, "zstd")
    assert OPENED["zstd"](raw) == (PAGE / "graphiql" / "query.js").read_bytes()
    status, again, raw = await got("/page/query.js", "gzip, zstd", **{"if-none-match": headers["etag"]})
    assert (status, raw, again["vary"]) == (304, b"", "Accept-Encoding")
    _, head, raw = await got("/page/query.js", "gzip", "HEAD")
    assert (head["vary"], raw) == ("Accept-Encoding", b"")
    assert head["etag"].removeprefix("W/") == headers["etag"].removeprefix("W/")
