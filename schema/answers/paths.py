"""How two organisations hang together: the best paths between them."""

import strawberry

from queries.network.paths import Paths, paths, paths_to
from queries.network.relations import KINDS, RelationKind
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

enum_type(RelationKind)
ARGUMENTS = {
    "to": Argument(strawberry.ID, "终点：另一主体的标识"),
    "kinds": Argument(list[RelationKind], "经哪些种类的关系，至少一种", KINDS),
    "k": Argument(int, "取前几条，1–50", 3),
    "longest": Argument(int, "至多几环，1–8", 6),
}
WORDS = "经供应、持股、同镇、联合怎样相连：最短与前 k 条路径，各环列出其间的关系"
QUESTIONS = (
    Question(
        "paths",
        f"两个主体{WORDS}",
        paths,
        Paths,
        arguments={"start": Argument(strawberry.ID, "起点：主体的标识", name="from"), **ARGUMENTS},
    ),
    Question("pathsTo", f"与另一主体{WORDS}", paths_to, Paths, on="Organisation", arguments=ARGUMENTS),
)
