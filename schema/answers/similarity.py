"""Similar towns: rivals, or partners."""

import strawberry

from queries.answer import Aggregation
from queries.similarity.matrix import SimilarityMatrix, SimilarityMeasure, similarity_matrix
from queries.similarity.pairs import ALIKE, SimilarTowns, similar
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

LEVEL = Argument(enum_type(Aggregation), "比较的层级：INDUSTRY 或 PRODUCT", Aggregation.INDUSTRY)
DIGITS = Argument(int, "层级为行业时的代码位数：2、3 或 4", 4)

QUESTIONS = (
    Question(
        "similar",
        "结构相似的专业镇：相似且少有互供是同构竞争，相似且互相供货是分工",
        similar,
        SimilarTowns,
        on="Town",
        arguments={
            "aggregation": LEVEL,
            "digits": DIGITS,
            "first": Argument(int, "取前几个，1–200", 10),
            "alike": Argument(float, "余弦达到多少称为相似（惯例，0–1）", ALIKE),
        },
    ),
    Question(
        "similarityMatrix",
        "专业镇两两相似度",
        similarity_matrix,
        SimilarityMatrix,
        arguments={
            "aggregation": LEVEL,
            "digits": DIGITS,
            "towns": Argument(list[strawberry.ID], "专业镇的标识；空为全部，至多 300 个", ()),
            "measure": Argument(enum_type(SimilarityMeasure), "判断是否相似的口径", SimilarityMeasure.COSINE),
            "alike": Argument(float | None, "达到多少称为相似（惯例）；空为余弦 0.85，其他口径须给出", None),
        },
        weight=20,
    ),
)
