"""Choke points of an organisation's supply, and the single-sourced purchases of a town."""

import strawberry

from queries.linkage.single_sources import single_sourced
from queries.network.chokepoints import chokepoints
from schema.language.method import answer_type
from schema.language.question import Argument, Question
from schema.language.results import node_field, nodes_field, result_type, results_field, value_field

ChokepointType = result_type(
    "Chokepoint",
    "单点：已知的供应路径都经过的主体",
    organisation=node_field("Organisation", "主体", lambda found: found.row),
    tier=value_field("到所问主体最少经几笔供应", int, lambda found: found.tier),
    source=value_field("它自身是否源头：该材料的生产者，或无已知供应商者", bool, lambda found: found.source),
    dependants=value_field("全部主体中离开它便得不到源头供应者的个数", int, lambda found: found.dependants),
)
SourcingType = result_type(
    "Sourcing",
    "一个买方对一种产品的采购，及其供应商",
    buyer=node_field("Organisation", "买方", lambda found: found.buyer),
    product=node_field("Product", "产品", lambda found: found.product),
    suppliers=value_field("图内已知供应商数（不含自身）", int, lambda found: found.suppliers),
    measured=value_field("其中有可用数值者", int, lambda found: found.measured),
    outside=value_field("是否已知另有图外采购", bool, lambda found: found.outside),
    single=value_field("是否单一来源：已知供应商仅一家，且无图外采购", bool, lambda found: found.single),
    supplier=node_field(
        "Organisation", "图内唯一的供应商；空为不止一家", lambda found: found.supplier, optional=True
    ),
    value=value_field("已计量的采购额（元/年）；空为不详", float | None, lambda found: found.value),
    hhi=value_field(
        "采购在已计量的供应商之间的赫芬达尔指数（1/n–1）；空为不详",
        float | None,
        lambda found: found.concentration,
    ),
)
ArticulationType = result_type(
    "Articulation",
    "割点：失去它，上游网络（不计方向）便断开；弱于单点",
    organisation=node_field("Organisation", "主体", lambda found: found.row),
    separated=value_field("因此与所问主体不再相连的上游主体数", int, lambda found: found.separated),
)
BridgeType = result_type(
    "Bridge",
    "桥：两部分上游网络（不计方向）之间唯一的往来；弱于单点",
    near=node_field("Organisation", "靠近所问主体的一方", lambda found: found.near),
    far=node_field("Organisation", "另一方", lambda found: found.far),
    separated=value_field("断开后不再相连的上游主体数", int, lambda found: found.separated),
)
ChokepointsType = answer_type(
    "Chokepoints",
    "供应的瓶颈：unknown 只涉及供应路径（dominators、minimumCut、disjointPaths、sources），其余照答",
    dominators=results_field(
        "单点：由所问主体向外，每一条已知供应路径都经过", ChokepointType, lambda found: found.dominators
    ),
    dominator_count=value_field("单点总数；空为不详", int | None, lambda found: found.dominator_count),
    minimum_cut=nodes_field(
        "Organisation",
        "最小割：失去这最少几家，源头的供应便全断；取最靠近所问主体的一组",
        lambda found: found.minimum_cut,
    ),
    disjoint_paths=value_field(
        "互不相交的供应路径数，等于最小割的家数（Menger）；空为不详",
        int | None,
        lambda found: found.disjoint_paths,
    ),
    sources=value_field("供应能到达的源头数；空为不详", int | None, lambda found: found.sources),
    upstream=value_field("上游主体总数（不论产品）", int, lambda found: found.upstream),
    inputs=results_field("采购的产品：单一来源者在前", SourcingType, lambda found: found.inputs),
    input_count=value_field("采购的产品总数", int, lambda found: found.input_count),
    single_sourced=value_field("其中单一来源者", int, lambda found: found.single_sourced),
    articulations=results_field(
        "割点：上游网络不计方向，断开多者在前", ArticulationType, lambda found: found.articulations
    ),
    articulation_count=value_field("割点总数", int, lambda found: found.articulation_count),
    bridges=results_field("桥：上游网络不计方向，断开多者在前", BridgeType, lambda found: found.bridges),
    bridge_count=value_field("桥的总数", int, lambda found: found.bridge_count),
)
SingleSourcedType = answer_type(
    "SingleSourced",
    "单一来源的采购",
    rows=results_field("单一来源的采购：金额大者在前", SourcingType, lambda found: found.rows),
    count=value_field("单一来源的采购（买方与产品）数", int, lambda found: found.count),
    pairs=value_field("采购（买方与产品）总数", int, lambda found: found.pairs),
    share=value_field("单一来源占比（0–1）；空为没有采购", float | None, lambda found: found.share),
)
QUESTIONS = (
    Question(
        "chokepoints",
        "供应的瓶颈：单点、最小割、互不相交的路径、单一来源的投入、割点与桥",
        chokepoints,
        ChokepointsType,
        on="Organisation",
        arguments={
            "material": Argument(
                strawberry.ID | None, "源头：此产品的全部生产者；空为全部无已知供应商的主体", None
            ),
            "first": Argument(int, "每个列表取前几个，1–500；总数另列", 20),
        },
    ),
    Question(
        "singleSourced",
        "本地主体的单一来源采购",
        single_sourced,
        SingleSourcedType,
        on="Town",
        arguments={"first": Argument(int, "取前几笔，1–500", 50)},
    ),
)
