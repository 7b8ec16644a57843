"""What can be measured of a town or an organisation: the closed list, its units, and the units that a loader accepts."""

from typing import Self

from graph.kinds.terms import Term


class Unit(Term):
    """计量单位（入库单位）"""

    YUAN = "YUAN", "元"
    PERSON = "PERSON", "人"
    COUNT = "COUNT", "户（家、个）"
    TONNE = "TONNE", "吨"
    PIECE = "PIECE", "件"
    LINE = "LINE", "条"
    MU = "MU", "亩"
    SHARE = "SHARE", "比例（0–1）"


SPELLINGS: dict[str, tuple[Unit, float]] = {
    **{unit.value: (unit, 1.0) for unit in Unit},
    "元": (Unit.YUAN, 1.0),
    "千元": (Unit.YUAN, 1e3),
    "万元": (Unit.YUAN, 1e4),
    "百万元": (Unit.YUAN, 1e6),
    "亿元": (Unit.YUAN, 1e8),
    "人": (Unit.PERSON, 1.0),
    "万人": (Unit.PERSON, 1e4),
    "户": (Unit.COUNT, 1.0),
    "家": (Unit.COUNT, 1.0),
    "个": (Unit.COUNT, 1.0),
    "吨": (Unit.TONNE, 1.0),
    "万吨": (Unit.TONNE, 1e4),
    "件": (Unit.PIECE, 1.0),
    "万件": (Unit.PIECE, 1e4),
    "亿件": (Unit.PIECE, 1e8),
    "条": (Unit.LINE, 1.0),
    "亩": (Unit.MU, 1.0),
    "万亩": (Unit.MU, 1e4),
    "%": (Unit.SHARE, 0.01),
    "％": (Unit.SHARE, 0.01),
}
"""How people write a unit: the unit it is stored in, and the factor to get there."""


class Metric(Term):
    """指标"""

    units: tuple[Unit, ...]

    def __new__(cls, value: str, words: str, *units: Unit) -> Self:
        """Keep the words and the units it may be stored in beside the value."""
        metric = str.__new__(cls, value)
        metric._value_ = value
        metric.words = words
        metric.units = units
        return metric

    OUTPUT_VALUE = "OUTPUT_VALUE", "产值（元/年）", Unit.YUAN
    REVENUE = "REVENUE", "营业收入（元/年）", Unit.YUAN
    TARGET_OUTPUT = "TARGET_OUTPUT", "规划目标产值（元/年）", Unit.YUAN
    REGISTERED_CAPITAL = "REGISTERED_CAPITAL", "注册资本（元）", Unit.YUAN
    RND_SPENDING = "RND_SPENDING", "研发经费（元/年）", Unit.YUAN
    EXPORT_VALUE = "EXPORT_VALUE", "出口额（元/年）", Unit.YUAN
    EMPLOYEES = "EMPLOYEES", "从业人员（人）", Unit.PERSON
    ENTERPRISES = "ENTERPRISES", "企业数（户）", Unit.COUNT
    MARKET_ENTITIES = "MARKET_ENTITIES", "市场主体数（户）", Unit.COUNT
    HOUSEHOLDS = "HOUSEHOLDS", "配套户数（户）", Unit.COUNT
    ABOVE_SCALE_ENTERPRISES = "ABOVE_SCALE_ENTERPRISES", "规上企业数（户）", Unit.COUNT
    LITTLE_GIANTS = "LITTLE_GIANTS", "国家级专精特新“小巨人”企业数（户）", Unit.COUNT
    SPECIALISED_SMES = "SPECIALISED_SMES", "省级专精特新企业数（户）", Unit.COUNT
    TECHNOLOGY_CENTRES = "TECHNOLOGY_CENTRES", "省级企业技术中心数（户）", Unit.COUNT
    PRODUCTION_VOLUME = "PRODUCTION_VOLUME", "产量（吨或件/年）", Unit.TONNE, Unit.PIECE
    PRODUCTION_CAPACITY = "PRODUCTION_CAPACITY", "产能（吨或件/年）", Unit.TONNE, Unit.PIECE
    PRODUCTION_LINES = "PRODUCTION_LINES", "生产线（条）", Unit.LINE
    MATERIAL_USE = "MATERIAL_USE", "原料用量（吨/年）", Unit.TONNE
    PLANTED_AREA = "PLANTED_AREA", "种植面积（亩）", Unit.MU
    MARKET_SHARE = "MARKET_SHARE", "占比（0–1；口径见 scope）", Unit.SHARE
