"""Similar towns: rivals, or partners."""

from typing import Any

import strawberry

from queries.answer import Level
from queries.similarity.matrix import SimilarityMeasure, similarity_matrix
from queries.similarity.pairs import ALIKE, similar
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, nodes_field, result_type, results_field, value_field

LEVEL_NAME: Any = enum_type(Level)
MEASURE_NAME: Any = enum_type(SimilarityMeasure)
LEVEL = Argument(LEVEL_NAME, "比较的层级：INDUSTRY 或 PRODUCT", Level.INDUSTRY)
DIGITS = Argument(int, "层级为行业时的代码位数：2、3 或 4", 4)

ComplementType = result_type(
    "Complement",
    "一镇采购而另一镇生产的产品",
    product=node_field("Product", "产品", lambda row: row.product),
    value=value_field(
        "采购镇对该产品的全部采购额（元/年）；空为已知采购、未计量", float | None, lambda row: row.value
    ),
    from_there=value_field(
        "其中已来自另一镇者（元/年）；空为已知有、未计量", float | None, lambda row: row.from_there
    ),
)
SimilarType = result_type(
    "SimilarTown",
    "与所问的镇相比的另一个专业镇",
    town=node_field("Town", "专业镇", lambda row: row.town),
    krugman=value_field("克鲁格曼指数 Σ|sₐₖ − s_bk|（0 相同–2 全异）", float, lambda row: row.krugman),
    cosine=value_field("结构余弦相似度（0–1）", float, lambda row: row.cosine),
    overlap=value_field("Finger–Kreinin 重合度 = 1 − K/2（0–1）", float, lambda row: row.overlap),
    alike=value_field("余弦是否不低于 alike：惯例阈值，不是判断", bool, lambda row: row.alike),
    sells=value_field("它售予所问的镇（元/年）；空为已知有、未计量", float | None, lambda row: row.sells),
    buys=value_field("它向所问的镇采购（元/年）；空为已知有、未计量", float | None, lambda row: row.buys),
    offers=results_field(
        "所问的镇采购而它生产的产品，采购额大者在前，至多 20 种", ComplementType, lambda row: row.offers
    ),
    wants=results_field(
        "它采购而所问的镇生产的产品，采购额大者在前，至多 20 种", ComplementType, lambda row: row.wants
    ),
)
SimilarTownsType = answer_type(
    "SimilarTowns",
    "结构相似的专业镇，及其间的供应",
    town=node_field("Town", "所问的专业镇", lambda found: found.town),
    rows=results_field("其他专业镇：余弦大者在前", SimilarType, lambda found: found.rows),
    count=value_field("产出已知的其他专业镇数", int, lambda found: found.count),
    classified=value_field(
        "所问的镇已知产出中归入此层级者的占比（0–1）；空为产出不详",
        float | None,
        lambda found: found.classified,
    ),
)
AlikeType = result_type(
    "AlikePair",
    "结构相似的两个镇：少有互供为同构竞争，互供多为分工",
    start=node_field("Town", "甲镇", lambda row: row.start),
    end=node_field("Town", "乙镇", lambda row: row.end),
    value=value_field("相似程度，口径见 measure", float, lambda row: row.value),
    sells=value_field("甲售予乙（元/年）；空为已知有、未计量", float | None, lambda row: row.sells),
    buys=value_field("甲购自乙（元/年）；空为已知有、未计量", float | None, lambda row: row.buys),
    offers=value_field(
        "乙采购（不论来自何处）而甲生产的产品（元/年）；空为未计量", float | None, lambda row: row.offers
    ),
    wants=value_field(
        "甲采购（不论来自何处）而乙生产的产品（元/年）；空为未计量", float | None, lambda row: row.wants
    ),
)
MatrixType = answer_type(
    "SimilarityMatrix",
    "专业镇两两相似度；各表按 towns 的次序",
    towns=nodes_field("Town", "专业镇", lambda found: found.towns),
    krugman=value_field("克鲁格曼指数（0–2）", list[list[float]], lambda found: found.krugman),
    cosine=value_field("结构余弦相似度（0–1）", list[list[float]], lambda found: found.cosine),
    overlap=value_field("Finger–Kreinin 重合度（0–1）", list[list[float]], lambda found: found.overlap),
    trade=value_field(
        "行售予列的已知金额（元/年）；空为已知有、未计量", list[list[float | None]], lambda found: found.trade
    ),
    complementarity=value_field(
        "互补：列采购（不论来自何处）而行生产的产品之和（元/年）；空为已知有、未计量",
        list[list[float | None]],
        lambda found: found.complementarity,
    ),
    output=value_field("已知并已归类的产出（元/年）", list[float], lambda found: found.output),
    missing=nodes_field("Town", "产出不详、未列入的专业镇", lambda found: found.missing),
    alike=results_field("越过阈值的镇对，最相似的在前", AlikeType, lambda found: found.alike),
)
QUESTIONS = (
    Question(
        "similar",
        "结构相似的专业镇：相似且少有互供是同构竞争，相似且互相供货是分工",
        similar,
        SimilarTownsType,
        on="Town",
        arguments={
            "level": LEVEL,
            "digits": DIGITS,
            "first": Argument(int, "取前几个，1–200", 10),
            "alike": Argument(float, "余弦达到多少称为相似（惯例，0–1）", ALIKE),
        },
    ),
    Question(
        "similarityMatrix",
        "专业镇两两相似度",
        similarity_matrix,
        MatrixType,
        arguments={
            "level": LEVEL,
            "digits": DIGITS,
            "towns": Argument(list[strawberry.ID], "专业镇的标识；空为全部，至多 300 个", ()),
            "measure": Argument(MEASURE_NAME, "判断是否相似的口径", SimilarityMeasure.COSINE),
            "alike": Argument(float | None, "达到多少称为相似（惯例）；空为余弦 0.85，其他口径须给出", None),
        },
    ),
)
