"""An office's own map: a GeoJSON file that is checked once at the start and handed out byte for byte.

None is shipped: a boundary that differs from the approved map may be against the law. A map that is refused
leaves the service without one; the log says why, and so does `/map.json`, for the page to show.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import orjson
from geojson_pydantic import LineString, MultiLineString, MultiPolygon, Polygon
from pydantic import Field, TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.http.refusals import refused
from api.settings import PREFIX, Settings
from graph.errors import BadInput

FARTHEST_EAST, FARTHEST_NORTH = 180, 90
MOST_BYTES = 10_000_000
"""A province with its counties, as mapping offices publish it, takes 0.5 to 5 MB; more stalls an old PC."""
KINDS = {"Polygon": "面", "MultiPolygon": "多面", "LineString": "线", "MultiLineString": "多线"}
CRS = {"EPSG:4490": "CGCS2000", "EPSG:4326": "WGS84"}
"""Which coordinates are drawn as they are; the two differ by centimetres."""
CRS_RIGHT = " 或 ".join(f"{code}（{name}）" for code, name in CRS.items())
_SYNONYMS = {"CGCS2000": "EPSG:4490", "WGS84": "EPSG:4326", "CRS84": "EPSG:4326"}
_SHIFTED = ("GCJ", "BD09", "火星", "高德", "百度")
_APPROVAL = re.compile(r"[A-Z\u4e00-\u9fff]{1,8} ?[(（\[〔]\d{4}[)）\]〕] ?第?\d{1,6}号")
_GEOMETRY: TypeAdapter[Any] = TypeAdapter(
    Annotated[Polygon | MultiPolygon | LineString | MultiLineString, Field(discriminator="type")]
)
_FAULTS = {
    "value_error": "这一圈首尾坐标不同：面的每一圈须闭合",
    "too_short": "坐标不足：线至少 2 个，面的每一圈至少 4 个（首尾相同）",
}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Map:
    """A map that may be shown, with what has to stand beside it wherever it is shown."""

    content: bytes
    features: int
    approval_no: str
    """Empty: an internal map without one."""
    source: str
    crs: str
    internal: bool

    @property
    def tag(self) -> str:
        """Names the content."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


def read_map(settings: Settings) -> Map | None:
    """Read and check the map that the settings name; None: they name none. Raises BadInput."""
    if settings.map_geojson is None:
        return None
    approval, source = settings.map_approval_no.strip(), settings.map_source.strip()
    if not approval and not settings.map_internal:
        raise _wrong(
            "approval_no",
            "没有审图号，不显示地图：请填地图上的审图号，如 GS(2024)1234号；"
            f"只在内部使用的，设 {PREFIX}MAP_INTERNAL=1，图上将注明不得公开",
        )
    if approval and not _APPROVAL.fullmatch(approval):
        raise _wrong("approval_no", f"“{approval}”不像审图号：应如 GS(2024)1234号、晋S(2024)005号")
    if not source:
        raise _wrong("source", "没有注明地图的来源：请写谁编制、何时发布，将与审图号一同标在图上")
    content = _content(settings.map_geojson)
    document = _document(content)
    return Map(
        content,
        _checked(document),
        approval,
        source,
        _crs(settings.map_crs, document),
        settings.map_internal,
    )


def _wrong(setting: str, said: str) -> BadInput:
    return BadInput(f"设置 {PREFIX}MAP_{setting.upper()}：{said}", f"map_{setting}")


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise _wrong(
                "geojson",
                f"{path.name} 有 {size / 1e6:.1f} MB，超过 {MOST_BYTES / 1e6:g} MB：本页不裁切、不简化，"
                "太大的图旧电脑画不动；请用编制单位发布的较小比例尺的图，或只含本省县级区划者",
            )
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise _wrong("geojson", f"读不到 {path.name}（{error.strerror}）") from None


def _document(content: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        if "utf-8" in error.msg.lower():
            raise _wrong("geojson", "文件不是 UTF-8 编码：请另存为 UTF-8") from None
        where = f"第 {error.lineno} 行第 {error.colno} 列"
        raise _wrong("geojson", f"{where}：不是完整的 JSON，文件可能被截断或改坏") from None
    if not isinstance(found, dict) or cast("dict[str, Any]", found).get("type") != "FeatureCollection":
        kind = cast("dict[str, Any]", found).get("type") if isinstance(found, dict) else None
        raise _wrong("geojson", f"应为 FeatureCollection，却是{kind or '别的 JSON'}")
    return cast("dict[str, Any]", found)


def _checked(document: dict[str, Any]) -> int:
    """Check every feature and count them."""
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise _wrong("geojson", "features：应为列表，至少一个要素")
    for place, feature in enumerate(cast("list[Any]", features)):
        _check_feature(place, feature)
    return len(cast("list[Any]", features))


def _check_feature(place: int, feature: Any) -> None:
    if not isinstance(feature, dict) or cast("dict[str, Any]", feature).get("type") != "Feature":
        raise _wrong("geojson", f"features[{place}]：应为 Feature")
    feature = cast("dict[str, Any]", feature)
    properties = feature.get("properties")
    if not isinstance(properties, dict | None):
        raise _wrong("geojson", f"features[{place}].properties：应为对象或 null")
    geometry, where = feature.get("geometry"), f"features[{place}]{_named(properties)}"
    kind = cast("dict[str, Any]", geometry).get("type") if isinstance(geometry, dict) else None
    if kind not in KINDS:
        right = "、".join(f"{name}（{words}）" for name, words in KINDS.items())
        raise _wrong("geojson", f"{where}.geometry：{kind or '没有图形'}，应为 {right}")
    try:
        found = _GEOMETRY.validate_python(geometry, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        inside = "".join(f"[{one}]" for one in first["loc"] if isinstance(one, int))
        said = _FAULTS.get(first["type"], "坐标应为 [经度, 纬度] 两个数（可有高程）")
        raise _wrong("geojson", f"{where}.geometry.coordinates{inside}：{said}") from None
    positions = [*_positions(found.coordinates)]
    if not positions:
        raise _wrong("geojson", f"{where}.geometry.coordinates：没有坐标")
    for x, y in positions:
        if abs(x) > FARTHEST_EAST or abs(y) > FARTHEST_NORTH:
            raise _wrong("geojson", f"{where}：坐标 [{x:.10g}, {y:.10g}] 不是经纬度：{_guess(x, y)}")


def _named(properties: dict[str, Any] | None) -> str:
    name = (properties or {}).get("name")
    return f"（{name[:20]}）" if isinstance(name, str) and name else ""


def _positions(part: Any) -> Iterator[tuple[float, float]]:
    if part and isinstance(part[0], float):
        yield part[0], part[1]
    else:
        for one in part:
            yield from _positions(one)


def _guess(x: float, y: float) -> str:
    if abs(x) <= FARTHEST_NORTH and abs(y) <= FARTHEST_EAST:
        return "像是写反了，GeoJSON 是 [经度, 纬度]"
    return f"像是以米为单位的投影坐标，请由编制单位给出经纬度（{CRS_RIGHT}）"


def _crs(said: str, document: dict[str, Any]) -> str:
    """Decide whose coordinates these are: the setting and the file must agree, and one of them must say."""
    member = document.get("crs")
    own = cast("dict[str, Any]", member).get("properties") if isinstance(member, dict) else None
    name = cast("dict[str, Any]", own).get("name") if isinstance(own, dict) else None
    by_file = _code(str(name), "crs（文件所注）") if name else None
    by_setting = _code(said, f"设置 {PREFIX}MAP_CRS") if said.strip() else None
    if by_file and by_setting and by_file != by_setting:
        raise _wrong("crs", f"设置为 {by_setting}，文件注明 {by_file}：应以文件为准，请核对后改正")
    found = by_setting or by_file
    if found is None:
        raise _wrong("crs", f"文件与设置都没有注明坐标系：应为 {CRS_RIGHT}")
    return found


def _code(text: str, where: str) -> str:
    plain = re.sub(r"[\s_-]", "", text).upper()
    if any(word in plain for word in _SHIFTED):
        said = "是加密偏移的坐标，与真实位置相差数百米，且各点不同，不能与审定的地图相合"
        raise BadInput(f"{where}：{text} {said}：应为 {CRS_RIGHT}", "map_crs")
    code = re.sub(r".*EPSG:(?:[^:]*:)?(\d+)$", r"EPSG:\1", plain)
    code = next((right for word, right in _SYNONYMS.items() if word in plain), code)
    if code not in CRS:
        raise BadInput(f"{where}：“{text}”不能直接绘出：应为 {CRS_RIGHT}", "map_crs")
    return code


def map_routes(settings: Settings) -> list[BaseRoute]:
    """Build the routes of the map: what there is to say of it, and the file."""
    found, why = _found(settings)

    async def told(_: Request) -> Response:
        said = (
            None
            if found is None
            else {
                "approvalNo": found.approval_no or None,
                "source": found.source,
                "crs": f"{CRS[found.crs]}（{found.crs}）",
                "internal": found.internal,
                "features": found.features,
                "bytes": len(found.content),
            }
        )
        return JSONResponse({"map": said, "refused": why}, headers={"cache-control": "no-cache"})

    async def drawn(request: Request) -> Response:
        if found is None:
            return refused(404, "NOT_FOUND", why or "没有设置地图")
        whose: Literal["private", "public"] = "private" if found.internal else "public"
        headers = {
            "etag": found.tag,
            "cache-control": f"{whose}, no-cache",
            "x-content-type-options": "nosniff",
        }
        known = request.headers.get("if-none-match", "").split(",")
        if found.tag in [one.strip().removeprefix("W/") for one in known]:
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type="application/geo+json", headers=headers)

    return [Route("/map.json", told), Route("/map.geojson", drawn)]


def _found(settings: Settings) -> tuple[Map | None, str | None]:
    """Find the map, or why there is none though one was named."""
    try:
        found = read_map(settings)
    except BadInput as error:
        log.warning("the map is not shown: %s", error)
        return None, str(error)
    if found is not None:
        log.info("the map is shown: %d features, %d bytes", found.features, len(found.content))
    return found, None
