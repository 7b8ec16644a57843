"""Groups: owners, owned and allies of an organisation, and one group counted several times in a town."""

from queries.ownership.double_counting import DoubleCounted, double_counted
from queries.ownership.groups import CONTROL, OwnershipGroup, group
from schema.language.question import Argument, Question

CONTROL_OF = Argument(float, "合计持股达到多少、且多于其余股东之和为控制（0.5–1）", CONTROL)

QUESTIONS = (
    Question(
        "group",
        "股东与所持股的主体（任意层级，比例连乘）、联合伙伴、所属集团及其带动的专业镇",
        group,
        OwnershipGroup,
        on="Organisation",
        arguments={"control": CONTROL_OF},
    ),
    Question(
        "doubleCounted",
        "配套户中同属一集团者：认定按户计，此处给出按集团计的数",
        double_counted,
        DoubleCounted,
        on="Town",
        arguments={"control": CONTROL_OF},
    ),
)
