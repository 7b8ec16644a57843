"""Figures as people write them: numbers with scale, unit and bound become values, or are asked back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from unicodedata import normalize

from graph.kinds.columns import Column
from graph.kinds.metrics import SPELLINGS, Metric, Unit
from graph.kinds.terms import Bound
from loaders.rows.forms import Bounded, CellFault, Taken

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?([eE][+-]?\d{1,3})?")
_BIGGEST = 1e18
_FACTORS = {text: (unit, Decimal(repr(factor))) for text, (unit, factor) in SPELLINGS.items()}
_RANGES = {"share": (0.0, 1.0), "longitude": (-180.0, 180.0), "latitude": (-90.0, 90.0)}
_SCALES = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_BEFORE = {
    Bound.ABOUT: ("大约", "大概", "约为", "约", "将近", "接近", "近"),
    Bound.AT_LEAST: (
        *("不少于", "不低于", "不小于", "至少", "最少", "超过"),
        *("多于", "高于", "大于", "逾", "超", "≥", ">=", ">"),
    ),
    Bound.AT_MOST: (
        *("不超过", "不多于", "不高于", "不大于", "至多", "最多", "少于"),
        *("低于", "小于", "不足", "不到", "≤", "<=", "<"),
    ),
}
_AFTER = {
    Bound.ABOUT: ("左右", "上下"),
    Bound.AT_LEAST: ("以上", "+"),
    Bound.AT_MOST: ("以下", "以内"),
}
_FRONT = {word: bound for bound, words in _BEFORE.items() for word in words}
_BACK = {word: bound for bound, words in _AFTER.items() for word in words}
_WORDS = sorted(_FRONT, key=len, reverse=True)
_PARTS = re.compile(
    r"(?P<front>" + "|".join(map(re.escape, _WORDS)) + r")?(?:人民币|[¥￥])?"
    r"(?P<number>[+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?)"
    r"(?:(?P<to>[-–—~至到])(?P<high>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?.*)"
    r"|(?P<more>[多余])?(?P<scale>万亿|[十百千]?[万亿]|[百千])?(?P<more2>[多余])?"
    r"(?P<unit>[^\d\s]*?)(?:/年|每年)?(?P<back>" + "|".join(map(re.escape, _BACK)) + r")?)"
)
_FOREIGN = re.compile(r"(美元|欧元|港元|港币|日元|英镑|卢布|美金|\$|€)")
MONEY_HEADS = ("元", "千元", "万元", "百万元", "亿元")
HEADS = frozenset((*MONEY_HEADS, "%", *(text for text in SPELLINGS if not text.isascii())))
"""Units that a head may name."""
_SPOKEN = 10**9
"""Yuan below which a scale without 元 may count the unit of the head: 1.2万 of them under 万元."""
NUL = "\0"
"""No table holds it: of a CSV file it would be a sign that it is none."""
NO_NUL = "含空字节（U+0000），请删去"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says of a number."""

    value: Decimal
    """Before scale and unit."""
    scale: str = ""
    """百, 万, 亿 …; empty when none is written."""
    unit: str = ""
    bound: Bound | None = None
    written: str = ""
    """The suffix as it stands there, for messages."""

    @property
    def plain(self) -> bool:
        """Whether there is a number alone."""
        return not (self.scale or self.unit or self.bound)

    @property
    def scaled(self) -> Decimal:
        """The number times its scale, before its unit."""
        return self.value * _SCALES[self.scale]


def number(text: str) -> Decimal:
    """Read a finite number; full-width digits and thousands separators are fine.

    >>> number("１，２３４.5")
    Decimal('1234.5')
    """
    plain = text if text.isascii() else normalize("NFKC", text)
    if not _NUMBER.fullmatch(plain):
        raise CellFault("应为数字，如 1234.5 或 1,234.5，不带单位")
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise CellFault("应为数字，如 1234.5") from None
    return _finite(value)


def figure(text: str) -> Figure:
    """Read a number with what people write around it.

    >>> figure("约1.2万元左右")
    Figure(value=Decimal('1.2'), scale='万', unit='元', bound=<Bound.ABOUT: 'ABOUT'>, written='万元')
    """
    plain = text if text.isascii() else normalize("NFKC", text)
    if _NUMBER.fullmatch(plain):
        return Figure(number(plain))
    compact = re.sub(r"\s+(?!\d{3}(\D|$))|(?<!\d)\s+", "", plain)
    parts = _PARTS.fullmatch(compact)
    if parts is None:
        raise CellFault("应为数字，如 1234.5、9,800万元 或 约120")
    if parts["to"]:
        raise CellFault("是一个区间：此列只记一个数；请填其中一个并注明 不少于 或 不多于，或留空")
    if found := _FOREIGN.search(plain):
        raise CellFault(f"金额以外币（{found[0]}）计：请换算成人民币")
    scale, unit = parts["scale"] or "", parts["unit"]
    more = Bound.AT_LEAST if parts["more"] or parts["more2"] else None
    bounds = {_FRONT.get(parts["front"]), _BACK.get(parts["back"]), more} - {None}
    if len(bounds) > 1:
        told = "、".join(sorted(b.words for b in bounds if b))
        raise CellFault(f"数值性质有两种意思（{told}）：请只写一种")
    if unit and unit not in _KNOWN:
        raise CellFault(f"不认识的单位“{unit}”；可用：{'、'.join(_KNOWN)}，前面可加 万、亿")
    value = _finite(Decimal(parts["number"].replace(",", "").replace(" ", "")))
    return Figure(value, scale, unit, next(iter(bounds), None), scale + unit)


_KNOWN = tuple(
    text for text, (unit, factor) in SPELLINGS.items() if factor in (1.0, 0.01) and text != unit.value
)


def _finite(value: Decimal) -> Decimal:
    if abs(value) > _BIGGEST:
        raise CellFault("数字过大：绝对值应小于 10 的 18 次方")
    return value


def written(found: Figure) -> str:
    """Write a number, and how it is meant, as `figure` reads it.

    >>> written(Figure(Decimal("1200000.0"), bound=Bound.ABOUT))
    '大约1200000'
    """
    return (_BEFORE[found.bound][0] if found.bound and found.bound in _BEFORE else "") + _short(found.value)


def taken_form(read: Figure, what: str) -> str:
    """What is said of the form of a number: its suffix and its bound."""
    said = [f"按“{read.written}”后缀换算"] if read.written else []
    said += [f"写作“{read.bound.words}”"] if read.bound else []
    return what + "，".join(said)


def number_of(column: Column, head: str = "", *, bounded: bool = False) -> Callable[[str], float | Taken]:
    """Make the reader of a column of numbers; `head` is the unit that its header names.

    Money may carry 元 with a scale, a share a per cent sign, other numbers a scale alone; `bounded`: the row
    has a place for 约. Raises CellFault for other units, for other bounds, and outside the column's range.
    """
    low, high = _RANGES.get(column.name, (0.0, _BIGGEST))
    whole = column.type is int
    settle = _money if holds_money(column) else _share if column.name == "share" else _count

    def read(text: str) -> float | Taken:
        found = figure(text)
        value = settle(found, head)
        if whole and value != int(value):
            raise CellFault("应为整数")
        if not low <= value <= high:
            raise CellFault(_outside(column.name, low, high, value))
        if found.bound and not (bounded and found.bound is Bound.ABOUT):
            allowed = "确数，或“约”加数" if bounded else "确数"
            raise CellFault(f"写作“{found.bound.words}”：此列只记{allowed}；请改填，或留空")
        made = int(value) if whole else float(value)
        if found.plain:
            return made
        told = Bounded(made, found.bound.value) if found.bound else made
        return Taken(told, taken_form(found, "金额" if settle is _money else "数"))

    return read


def holds_money(column: Column) -> bool:
    """Whether a column holds yuan."""
    return column.type is float and "（元" in column.words


def _outside(name: str, low: float, high: float, value: Decimal) -> str:
    if name == "share" and 2 <= value <= 100:  # noqa: PLR2004 - per cent, not a sum of parts
        return f"应在 0 至 1 之间；是否应为 {_short(value)}%？"
    return f"应在 {low:g} 至 {high:g} 之间" if name in _RANGES else "不能为负数"


def _money(found: Figure, head: str) -> Decimal:
    factor = _FACTORS[head][1] if head in MONEY_HEADS else Decimal(1)
    if found.unit not in ("", "元"):
        raise CellFault(f"单位“{found.written}”不是金额的单位：应为 {'、'.join(MONEY_HEADS)}")
    if found.unit or (found.scale and factor == 1):
        return found.scaled
    if found.scale and (found.scale in "百千" or found.scaled * factor < _SPOKEN):
        both = f"{found.value:f}{found.scale}元，或 {found.value:f}{found.scale}个{head}"
        raise CellFault(f"列名的单位是{head}，有两种意思：{both}；请在格内写明单位")
    return found.scaled if found.scale else found.value * factor


def _share(found: Figure, head: str) -> Decimal:
    if found.scale or found.unit not in ("", "%"):
        raise CellFault("比例应写成 0.35 或 35%")
    if found.unit == "%":
        return found.value / 100
    if head != "%":
        return found.value
    if 0 < found.value <= 1:
        both = f"{_short(found.value)}%，或 {_short(found.value * 100)}%"
        raise CellFault(f"列名的单位是 %，有两种意思：{both}；请在格内写上 %")
    return found.value / 100


def _count(found: Figure, head: str) -> Decimal:
    if found.unit:
        raise CellFault(f"带有单位“{found.written}”：此列的单位是列名所写的，只填数字")
    return found.scaled * (_FACTORS[head][1] if head in _FACTORS and head not in MONEY_HEADS else 1)


def _short(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def spelling(text: str) -> str:
    """Keep a unit that people write; its metric decides whether it fits."""
    plain = normalize("NFKC", text).removesuffix("/年").strip()
    if plain not in _FACTORS:
        raise CellFault(f"没有这种单位；可用：{'、'.join(_FACTORS)}")
    return plain


def convert(metric: str, value: Decimal, unit: str) -> tuple[float, str]:
    """Bring a figure to the unit it is stored in; raise CellFault when it can't be one of the metric's.

    >>> convert("REVENUE", Decimal("2.3"), "亿元")
    (230000000.0, 'YUAN')
    """
    base, factor = _FACTORS[unit]
    known = Metric(metric)
    if base not in known.units:
        raise CellFault(f"{metric}（{known.words}）的单位应为 {_spellings(known.units)}")
    return float(value * factor), base.value


def claimed(metric: str, found: Figure, unit: str | None) -> tuple[float, str]:
    """Bring a claim's figure, whose unit may stand in its cell or in the column of units, to what is stored.

    >>> claimed("OUTPUT_VALUE", figure("7.5亿元"), None), claimed("EMPLOYEES", figure("1.2万"), "人")
    ((750000000.0, 'YUAN'), (12000.0, 'PERSON'))
    """
    if found.unit and unit:
        _agree(found, unit)
        return convert(metric, found.scaled, found.unit)
    if found.unit:
        return convert(metric, found.scaled, found.unit)
    if unit and found.scale and _FACTORS[unit][1] != 1:
        both = f"{found.value:f}{found.scale}{_base(unit)}，或 {found.value:f}{found.scale}个{unit}"
        raise CellFault(f"数值与单位各有一个量级，有两种意思：{both}；请只写一处")
    return convert(metric, found.scaled, unit or _only_unit(metric, found))


def _agree(found: Figure, unit: str) -> None:
    """See that the unit in a cell and that of the column say the same."""
    own = _FACTORS[found.unit][0], _SCALES[found.scale] * _FACTORS[found.unit][1]
    if own != _FACTORS[unit]:
        raise CellFault(f"单位写了两处且不一致：数值中是“{found.written}”，单位列是“{unit}”；请只留一处")


def _only_unit(metric: str, found: Figure) -> str:
    """The unit that a figure without one must have; people and firms are counted in ones, money is not."""
    units = Metric(metric).units
    if len(units) == 1 and (found.scale or units[0] in (Unit.PERSON, Unit.COUNT, Unit.LINE, Unit.SHARE)):
        return units[0].value
    raise CellFault(f"没有单位：请在单位列或数值后写明，如 {'、'.join(_spellings(units).split('、')[:4])}")


def _base(unit: str) -> str:
    base = _FACTORS[unit][0]
    return next(t for t, (u, f) in _FACTORS.items() if u is base and f == 1 and t != base.value)


@lru_cache
def _spellings(units: tuple[Unit, ...]) -> str:
    return "、".join(text for text, (unit, _) in SPELLINGS.items() if unit in units and text != unit.value)
