"""Communities of the supply network."""

from queries.network.communities import Communities, communities
from schema.answers.concentration import WITHIN
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "communities",
        "供应网络中的社群：彼此往来多于与外界的主体，可跨专业镇；以及什么使之相聚",
        communities,
        Communities,
        arguments={
            "within": WITHIN,
            "resolution": Argument(float, "分辨率（大于 0，至多 100）：大于 1 社群更小，小于 1 更大", 1.0),
            "seed": Argument(int, "随机次序的种子：相同则答案相同", 0),
            "first": Argument(int, "取前几个社群，1–100", 10),
            "listed": Argument(int, "每个社群的各列表取前几个，1–50；总数另列", 5),
        },
        weight=100,
    ),
)
