"""Growth: tiers of towns, market entities over years, enterprises near the statistical scale."""

import strawberry

from queries.growth.market_entities import TownGrowth, growth
from queries.growth.near_threshold import NEAR, NearThresholds, near_threshold
from queries.growth.tiers import TownTier, tier
from queries.standards.measures.towns import ABOVE_SCALE
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "tier",
        "产值档次：在哪一档，离更高档次多远，按自身增速外推何年到达",
        tier,
        TownTier,
        on="Town",
        arguments={"standard": Argument(strawberry.ID | None, "分档标准；空为当年施行的唯一一个", None)},
    ),
    Question(
        "growth",
        "成长：逐年产值与市场主体，及市场主体倍增",
        growth,
        TownGrowth,
        on="Town",
        arguments={"base": Argument(int | None, "基期年份；空为三年前", None)},
    ),
    Question(
        "nearThreshold",
        "小升规：营业收入接近规上界限的工业企业",
        near_threshold,
        NearThresholds,
        arguments={
            "within": Argument(strawberry.ID | None, "范围：专业镇或行政区划的标识；空为全部", None),
            "industry": Argument(strawberry.ID | None, "只看此行业及其下级；空为全部工业", None),
            "at_least": Argument(float, "营业收入不低于（元/年）", NEAR),
            "below": Argument(float, "规上界限（元/年）：营业收入低于它", ABOVE_SCALE),
            "first": Argument(int, "取前几家，1–500", 100),
        },
    ),
)
