"""Relatedness of products to what a town makes."""

from typing import Any

from queries.similarity.relatedness import Basis, relatedness
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, result_type, results_field, value_field

RelatedType = result_type(
    "RelatedProduct",
    "从一个专业镇看一种产品",
    product=node_field("Product", "产品", lambda row: row.product),
    output=value_field(
        "本镇该产品的销售额（元/年）或生产者家数，见 method.parameters 的 basis",
        float,
        lambda row: row.output,
    ),
    rca=value_field(
        "显性比较优势：本镇在该产品中的份额与在全部产品中的份额之比（≥ 0）", float, lambda row: row.rca
    ),
    made=value_field("是否为本镇专长（rca ≥ 1）", bool, lambda row: row.made),
    density=value_field("相关密度：与之相近的产品有多少为本镇专长（0–1）", float, lambda row: row.density),
    nearest=node_field(
        "Product", "本镇其他专长中与之最近者；空为没有", lambda row: row.nearest, optional=True
    ),
    proximity=value_field("与最近者的邻近度（0–1）；空为没有", float | None, lambda row: row.proximity),
    ubiquity=value_field("以此为专长的镇数", int, lambda row: row.ubiquity),
    pci=value_field(
        "产品复杂度（以各镇复杂度的标准差计）；空见 complexityUnknown", float | None, lambda row: row.pci
    ),
)
RelatednessType = answer_type(
    "Relatedness",
    "产品相关性：哪些产品与本镇所长相近",
    town=node_field("Town", "专业镇", lambda found: found.town),
    rows=results_field("产品：非专长者在前，密度大者在前", RelatedType, lambda found: found.rows),
    count=value_field("有数据的产品数", int, lambda found: found.count),
    diversity=value_field("多样性：本镇专长的产品数；空为不详", int | None, lambda found: found.diversity),
    eci=value_field(
        "本镇经济复杂度（均值 0、标准差 1）；空见 complexityUnknown", float | None, lambda found: found.eci
    ),
    complexity_unknown=value_field(
        "复杂度算不出的原因；空为已算", str | None, lambda found: found.complexity_unknown
    ),
)
BASIS: Any = enum_type(Basis)
QUESTIONS = (
    Question(
        "relatedness",
        "与本镇所长相近的产品：显性比较优势、相关密度、复杂度",
        relatedness,
        RelatednessType,
        on="Town",
        arguments={
            "first": Argument(int, "取前几种，1–500", 20),
            "measure": Argument(BASIS, "口径；没有任何已知销售额时改用生产者家数，并注明", Basis.OUTPUT),
        },
    ),
)
