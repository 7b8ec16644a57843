"""An office's own map: refused with what would be right, handed out as it is. The geometry is invented."""

import logging
from collections.abc import Mapping

import httpx
import orjson
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from api.http.compression import Compression
from api.http.maps import MOST_BYTES, map_routes, read_map
from api.settings import read_settings
from graph.errors import BadInput

RING = [[112.0, 38.0], [113.0, 38.0], [113.0, 39.0], [112.0, 38.0]]
RIGHT = {"map_approval_no": "GS(2024)1234号", "map_source": "某测绘单位，2024 年", "map_crs": "EPSG:4490"}


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **others: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": list(features), **others}


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


SOUND = collection(
    feature(polygon(RING), adcode=140921, name="某县"),
    feature({"type": "MultiLineString", "coordinates": [[[112, 38], [112.5, 38.25, 900]]]}),
)


@pytest.fixture
def named(tmp_path):
    """Write a file and read the settings that name it."""

    def make(content: object, **given: object):
        path = tmp_path / "map.geojson"
        path.write_bytes(content if isinstance(content, bytes) else orjson.dumps(content))
        return read_settings(map_geojson=path, **{**RIGHT, **given})

    return make


def test_without_a_file_there_is_no_map():
    assert read_map(read_settings()) is None
    assert read_map(read_settings(map_approval_no="GS(2024)1234号")) is None


def test_a_sound_map_is_taken_as_it_is(named):
    found = read_map(named(SOUND))
    assert found is not None
    assert (found.content, found.features, found.crs) == (orjson.dumps(SOUND), 2, "EPSG:4490")
    assert (found.approval_no, found.internal) == ("GS(2024)1234号", False)
    marked = read_map(named(b"\xef\xbb\xbf" + orjson.dumps(SOUND)))
    assert marked is not None
    assert marked.content == orjson.dumps(SOUND)


@pytest.mark.parametrize("number", ["GS(2024)1234号", "GS京（2022）1061号", "晋S(2024)005号"])
def test_numbers_of_approval_are_known_by_their_form(named, number):
    assert read_map(named(SOUND, map_approval_no=number)).approval_no == number


def test_without_a_number_of_approval_a_map_is_refused_unless_it_is_internal(named):
    with pytest.raises(BadInput, match=r"ZHENLIAN_MAP_APPROVAL_NO：没有审图号.*ZHENLIAN_MAP_INTERNAL=1"):
        read_map(named(SOUND, map_approval_no=""))
    found = read_map(named(SOUND, map_approval_no="", map_internal=True))
    assert (found.approval_no, found.internal) == ("", True)
    with pytest.raises(BadInput, match="“无”不像审图号"):
        read_map(named(SOUND, map_approval_no="无", map_internal=True))


def test_a_map_without_a_source_is_refused(named):
    with pytest.raises(BadInput, match="ZHENLIAN_MAP_SOURCE：没有注明地图的来源"):
        read_map(named(SOUND, map_source=" "))


@pytest.mark.parametrize(
    ("said", "member", "found"),
    [
        ("CGCS2000", None, "EPSG:4490"),
        ("wgs 84", None, "EPSG:4326"),
        ("", "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("EPSG:4490", "urn:ogc:def:crs:EPSG::4490", "EPSG:4490"),
        ("", None, "都没有注明坐标系"),
        ("EPSG:4490", "urn:ogc:def:crs:OGC:1.3:CRS84", "设置为 EPSG:4490，文件注明 EPSG:4326"),
        ("GCJ-02", None, "加密偏移"),
        ("百度 BD-09", None, "加密偏移"),
        ("EPSG:4490", "GCJ02", "文件所注.*加密偏移"),
        ("EPSG:4549", None, "“EPSG:4549”不能直接绘出：应为 EPSG:4490"),
        ("EPSG:3857", None, "应为 EPSG:4490（CGCS2000） 或 EPSG:4326"),
    ],
)
def test_coordinates_are_those_of_cgcs2000_or_wgs84(named, said, member, found):
    crs = {"crs": {"type": "name", "properties": {"name": member}}} if member else {}
    settings = named(SOUND | crs, map_crs=said)
    if found.startswith("EPSG"):
        assert read_map(settings).crs == found
    else:
        with pytest.raises(BadInput, match=found):
            read_map(settings)


BROKEN: Mapping[str, tuple[object, str]] = {
    "cut off": (orjson.dumps(SOUND)[:-9], "第 1 行第 \\d+ 列：不是完整的 JSON"),
    "a stray comma": (b'{\n "type": "FeatureCollection",\n "features": [,]}', "第 3 行第 15 列"),
    "in GBK": ('{"type": "县"}'.encode("gbk"), "不是 UTF-8 编码"),
    "a list": ([], "应为 FeatureCollection，却是别的 JSON"),
    "one feature": (feature(polygon(RING)), "应为 FeatureCollection，却是Feature"),
    "TopoJSON": ({"type": "Topology"}, "却是Topology"),
    "nothing in it": (collection(), "至少一个要素"),
    "no feature": (collection({"type": "Polygon"}), r"features\[0\]：应为 Feature"),
    "a text of properties": (collection(feature(None) | {"properties": "x"}), "应为对象或 null"),
    "no geometry": (collection(feature(None, name="某县")), r"features\[0\]（某县）.geometry：没有图形"),
    "a point": (
        collection(feature(polygon(RING)), feature({"type": "Point", "coordinates": [112, 38]})),
        r"features\[1\].geometry：Point，应为 Polygon（面）",
    ),
    "a collection of geometries": (
        collection(feature({"type": "GeometryCollection", "geometries": []})),
        "GeometryCollection，应为",
    ),
    "an open ring": (collection(feature(polygon([*RING[:-1], [112.0, 38.5]]))), "首尾坐标不同"),
    "a short ring": (collection(feature(polygon(RING[1:]))), r"coordinates\[0\]：坐标不足"),
    "numbers as text": (
        collection(feature(polygon([["112", "38"], *RING[1:]]))),
        r"coordinates\[0\]\[0\]\[0\]：坐标应为 \[经度, 纬度\] 两个数",
    ),
    "no coordinates": (collection(feature(polygon())), "没有坐标"),
    "nor in its parts": (collection(feature({"type": "MultiPolygon", "coordinates": [[]]})), "没有坐标"),
    "latitude first": (
        collection(feature(polygon([[y, x] for x, y in RING]), name="某县")),
        r"（某县）：坐标 \[38, 112\] 不是经纬度：像是写反了",
    ),
    "metres": (
        collection(feature(polygon([[x * 1e4, y * 1e5] for x, y in RING]))),
        r"坐标 \[1120000, 3800000\] 不是经纬度：像是以米为单位的投影坐标",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_its_place(named, what):
    content, said = BROKEN[what]
    with pytest.raises(BadInput, match=said):
        read_map(named(content))


def test_a_large_file_is_refused_by_its_size_before_it_is_read(named):
    settings = named(b" " * 30_000_000)
    with pytest.raises(BadInput, match=r"map.geojson 有 30.0 MB，超过 10 MB：.*请用编制单位发布的较小比例尺"):
        read_map(settings)
    assert MOST_BYTES == 10_000_000


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"ZHENLIAN_MAP_GEOJSON：读不到 none.geojson"):
        read_map(read_settings(map_geojson=tmp_path / "none.geojson", **RIGHT))


async def get(app: ASGIApp, path: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://map") as client:
        return await client.get(path, headers={"accept-encoding": "identity", **headers})


async def test_the_file_is_served_byte_for_byte_compressed_and_with_a_tag(named):
    large = collection(*(feature(polygon(RING), adcode=n) for n in range(50)))
    app = Compression(Starlette(routes=map_routes(named(large))))
    told = (await get(app, "/map.json")).json()
    assert told["refused"] is None
    assert told["map"]["approvalNo"] == "GS(2024)1234号"
    assert (told["map"]["crs"], told["map"]["features"]) == ("CGCS2000（EPSG:4490）", 50)
    plain, packed = (
        await get(app, "/map.geojson"),
        await get(app, "/map.geojson", **{"accept-encoding": "gzip"}),
    )
    assert plain.content == packed.content == orjson.dumps(large)
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["content-type"] == "application/geo+json"
    for tag in (plain.headers["etag"], packed.headers["etag"]):
        again = await get(app, "/map.geojson", **{"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
    assert (await get(app, "/map.geojson", **{"if-none-match": '"other"'})).status_code == 200


async def test_an_internal_map_is_kept_by_nobody_between(named):
    app = Starlette(routes=map_routes(named(SOUND, map_approval_no="", map_internal=True)))
    assert (await get(app, "/map.json")).json()["map"]["internal"] is True
    assert (await get(app, "/map.geojson")).headers["cache-control"] == "private, no-cache"


async def test_a_refused_map_leaves_the_service_and_says_why(named, caplog):
    with caplog.at_level(logging.WARNING):
        app = Starlette(routes=map_routes(named(SOUND, map_approval_no="")))
    assert "the map is not shown: 设置 ZHENLIAN_MAP_APPROVAL_NO：没有审图号" in caplog.text
    told = (await get(app, "/map.json")).json()
    assert told["map"] is None
    assert "没有审图号" in told["refused"]
    assert (await get(app, "/map.geojson")).status_code == 404
