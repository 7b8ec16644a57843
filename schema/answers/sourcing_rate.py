"""Local sourcing and circularity of a town."""

from queries.linkage.sourcing_rate import Circularity, SourcingRate, circularity, sourcing_rate
from schema.language.question import Argument, Question

FIRST = Argument(int, "取前几种产品，1–500", 50)
QUESTIONS = tuple(
    question
    for kind in ("Town", "Region")
    for question in (
        Question(
            "localSourcing",
            "本地配套率：已知采购中来自本地的比例，按产品",
            sourcing_rate,
            SourcingRate,
            on=kind,
            arguments={"first": FIRST},
        ),
        Question("circularity", "循环程度：强连通的供应与 Finn 指数", circularity, Circularity, on=kind),
    )
)
