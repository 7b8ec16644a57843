"""Groups: owners, owned and allies of an organisation, and one group counted several times in a town."""

from typing import Any

from graph.kinds.terms import AllianceForm
from queries.ownership.double_counting import double_counted
from queries.ownership.groups import CONTROL, group
from schema.language.enums import enum_type
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, nodes_field, result_type, results_field, value_field

FormName: Any = enum_type(AllianceForm)
CONTROL_OF = Argument(float, "合计持股达到多少、且多于其余股东之和为控制（0.5–1）", CONTROL)

HoldingType = result_type(
    "Holding",
    "一个股东，或一个所持股的主体",
    organisation=node_field("Organisation", "主体", lambda row: row.row),
    share=value_field(
        "各条路径上比例连乘之和（0–1），循环持股按级数求和；空为路径上有比例不详，或比例互相矛盾",
        float | None,
        lambda row: row.share,
    ),
    at_least=value_field(
        "只按已知比例计的下限（0–1）；空为比例互相矛盾", float | None, lambda row: row.at_least
    ),
    direct=value_field("直接持股比例（0–1）；空为没有或不详", float | None, lambda row: row.direct),
    steps=value_field("最少几层：1 为直接持股", int, lambda row: row.steps),
)
AllianceType = result_type(
    "Alliance",
    "集团成员的一个联合伙伴",
    organisation=node_field("Organisation", "联合伙伴", lambda row: row.row),
    member=node_field("Organisation", "与之联合的集团成员", lambda row: row.near),
    form=value_field("联合形式；空为不详", FormName | None, lambda row: row.form),
)
LeadingType = result_type(
    "GroupLeading",
    "集团带动的一个专业镇",
    town=node_field("Town", "专业镇", lambda row: row.town),
    leaders=nodes_field("Organisation", "作为其龙头的集团成员", lambda row: row.leaders),
)
GroupType = answer_type(
    "OwnershipGroup",
    "股权集团：股东、所持股的主体、联合伙伴、带动的专业镇",
    organisation=node_field("Organisation", "所问的主体", lambda found: found.row),
    owners=results_field("股东，直接与间接，比例大者在前", HoldingType, lambda found: found.owners),
    owned=results_field("所持股的主体，直接与间接，比例大者在前", HoldingType, lambda found: found.owned),
    members=nodes_field("Organisation", "按控制关系同属一集团者，含所问的主体", lambda found: found.members),
    allies=results_field("集团成员的联合伙伴", AllianceType, lambda found: found.allies),
    leads=results_field("集团成员作为龙头带动的专业镇", LeadingType, lambda found: found.leads),
    over_owned=nodes_field(
        "Organisation",
        "以上主体中股东比例合计超过 1 者：来源互相矛盾",
        lambda found: found.over_owned,
    ),
)
TogetherType = result_type(
    "HouseholdsOfGroup",
    "同属一集团的配套户",
    head=node_field("Organisation", "集团的控制者；不止一个时取标识在前者", lambda row: row.row),
    households=nodes_field("Organisation", "其中的配套户", lambda row: row.households),
    leaders=nodes_field("Organisation", "其中的本镇龙头", lambda row: row.leaders),
)
DoubleCountedType = answer_type(
    "DoubleCounted",
    "同一集团在一镇的配套户中重复计数",
    town=node_field("Town", "专业镇", lambda found: found.town),
    rows=results_field(
        "有两户以上配套户，或与龙头同集团的集团：户数多者在前", TogetherType, lambda found: found.rows
    ),
    households=value_field("配套户数，逐户计", int, lambda found: found.households),
    independent=value_field(
        "配套户数，同一集团只计一户、与龙头同集团者不计", int, lambda found: found.independent
    ),
)
QUESTIONS = (
    Question(
        "group",
        "股东与所持股的主体（任意层级，比例连乘）、联合伙伴、所属集团及其带动的专业镇",
        group,
        GroupType,
        on="Organisation",
        arguments={"control": CONTROL_OF},
    ),
    Question(
        "doubleCounted",
        "配套户中同属一集团者：认定按户计，此处给出按集团计的数",
        double_counted,
        DoubleCountedType,
        on="Town",
        arguments={"control": CONTROL_OF},
    ),
)
