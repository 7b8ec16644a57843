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
    "名": (Unit.PERSON, 1.0),
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

    def __new__(cls, value: str, words: str, *told: str) -> Self:
        """Keep the words and the units it may be stored in beside the value; other texts are synonyms."""
        metric = str.__new__(cls, value)
        metric._value_ = value
        metric.words = words
        metric.units = tuple(part for part in told if isinstance(part, Unit))
        metric.synonyms = tuple(part for part in told if not isinstance(part, Unit))
        return metric

    OUTPUT_VALUE = "OUTPUT_VALUE", "产值（元/年）", Unit.YUAN, "工业总产值", "总产值", "年产值", "产值总额"
    REVENUE = (
        "REVENUE",
        "营业收入（元/年）",
        Unit.YUAN,
        "营收",
        "营业总收入",
        "年营业收入",
    )
    TARGET_OUTPUT = "TARGET_OUTPUT", "规划目标产值（元/年）", Unit.YUAN, "目标产值", "产值目标"
    REGISTERED_CAPITAL = "REGISTERED_CAPITAL", "注册资本（元）", Unit.YUAN, "注册资金"
    RND_SPENDING = (
        "RND_SPENDING",
        "研发经费（元/年）",
        Unit.YUAN,
        "研发投入",
        "R&D经费",
    )
    EXPORT_VALUE = "EXPORT_VALUE", "出口额（元/年）", Unit.YUAN, "出口总额", "年出口额"
    EMPLOYEES = (
        "EMPLOYEES",
        "从业人员（人）",
        Unit.PERSON,
        "从业人数",
        "就业人数",
        "职工人数",
        "员工人数",
        "用工人数",
        "从业人员数",
    )
    ENTERPRISES = "ENTERPRISES", "企业数（户）", Unit.COUNT, "企业数量", "企业个数", "企业家数"
    MARKET_ENTITIES = (
        "MARKET_ENTITIES",
        "市场主体数（户）",
        Unit.COUNT,
        "市场主体",
        "市场主体数量",
        "经营主体数",
    )
    HOUSEHOLDS = "HOUSEHOLDS", "配套户数（户）", Unit.COUNT
    ABOVE_SCALE_ENTERPRISES = (
        "ABOVE_SCALE_ENTERPRISES",
        "规上企业数（户）",
        Unit.COUNT,
        "规上企业",
        "规上企业数量",
        "规模以上企业数",
        "规模以上企业",
    )
    LITTLE_GIANTS = (
        "LITTLE_GIANTS",
        "国家级专精特新“小巨人”企业数（户）",
        Unit.COUNT,
        "小巨人企业数",
        "专精特新小巨人企业数",
        "小巨人",
    )
    SPECIALISED_SMES = (
        "SPECIALISED_SMES",
        "省级专精特新企业数（户）",
        Unit.COUNT,
        "省级专精特新",
    )
    TECHNOLOGY_CENTRES = (
        "TECHNOLOGY_CENTRES",
        "省级企业技术中心数（户）",
        Unit.COUNT,
        "省级企业技术中心",
    )
    PRODUCTION_VOLUME = "PRODUCTION_VOLUME", "产量（吨或件/年）", Unit.TONNE, Unit.PIECE, "年产量"
    PRODUCTION_CAPACITY = (
        "PRODUCTION_CAPACITY",
        "产能（吨或件/年）",
        Unit.TONNE,
        Unit.PIECE,
        "年产能",
        "生产能力",
    )
    PRODUCTION_LINES = "PRODUCTION_LINES", "生产线（条）", Unit.LINE, "生产线数", "生产线条数"
    MATERIAL_USE = "MATERIAL_USE", "原料用量（吨/年）", Unit.TONNE, "原材料用量"
    PLANTED_AREA = "PLANTED_AREA", "种植面积（亩）", Unit.MU, "种植规模"
    MARKET_SHARE = "MARKET_SHARE", "占比（0–1；口径见 scope）", Unit.SHARE, "市场份额", "市场占有率"
