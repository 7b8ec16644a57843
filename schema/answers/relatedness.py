"""Relatedness of products to what a town makes."""

from queries.similarity.complexity import SUPPORT
from queries.similarity.relatedness import Relatedness, SpecialityBasis, relatedness
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "relatedness",
        "与本镇所长相近的产品：显性比较优势、相关密度、复杂度",
        relatedness,
        Relatedness,
        on="Town",
        arguments={
            "first": Argument(int, "取前几种，1–500", 20),
            "measure": Argument(
                enum_type(SpecialityBasis),
                "口径；没有任何已知销售额时改用生产者家数，并注明",
                SpecialityBasis.OUTPUT,
            ),
            "least_places": Argument(int, "至少几个镇以其中任一种为专长，邻近度才作数，1–1000", SUPPORT),
        },
    ),
)
