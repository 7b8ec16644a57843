"""Words of gaps: the states of a product in a town, the reasons, the kinds of action."""

from graph.kinds.terms import Term
from queries.gaps.supply import LOSING_YEARS


class GapState(Term):
    """环节状态"""  # noqa: D400, D415 - GraphQL shows it

    UNKNOWN = "UNKNOWN", "不详：图中没有已知的生产者，也没有已知的采购；或不知是否必备"
    MISSING = "MISSING", "缺失：本地没有已知的生产者，而属必备、本地主体采购，或是本地产品的下游"
    WEAK = "WEAK", "薄弱：本地配套率低、来源单一、采购集中，或外地生产者有资质而本地都没有"
    COVERED = "COVERED", "已有"


class GapReason(Term):
    """缺链的理由"""  # noqa: D400, D415 - GraphQL shows it

    NO_MAKER = "NO_MAKER", "本地没有已知的生产者"
    OUTSIDE_ONLY = "OUTSIDE_ONLY", "本地主体采购而本地无人生产，全靠外购"
    SINGLE_SOURCE = "SINGLE_SOURCE", "来源单一：本地只有一家生产者"
    CONCENTRATED = "CONCENTRATED", "采购集中：集中度（HHI）不低于阈值，本地又没有足够的生产者可换"
    LOW_LOCAL_SHARE = "LOW_LOCAL_SHARE", "本地配套率低于阈值（来源不详者都算本地也仍低于）"
    NO_QUALIFIED_MAKER = "NO_QUALIFIED_MAKER", "本地生产者都没有已登记的有效资质，而外地生产者中有"
    TITLES_UNREGISTERED = (
        "TITLES_UNREGISTERED",
        "资质未登记：它的生产者（无论何地）都没有已登记的有效资质，有无不详，不据此算作薄弱",
    )
    NO_DOWNSTREAM = "NO_DOWNSTREAM", "本地产品的下游，本地无人生产"
    LOSING = "LOSING", f"本地生产者比 {LOSING_YEARS} 年前减少"
    RIVAL_TOWN = "RIVAL_TOWN", "省内另一已认定专业镇的主导产品：不宜另起炉灶，宜协作（见 matches）"


class GapAction(Term):
    """补链、强链、延链、保供"""  # noqa: D400, D415 - GraphQL shows it

    FILL = "FILL", "补链：补上缺失的环节"
    STRENGTHEN = "STRENGTHEN", "强链：加强薄弱的环节"
    EXTEND = "EXTEND", "延链：向下游延伸"
    SECURE = "SECURE", "保供：资源、农产、公用事业、废料等引不来，只能稳住供应；不列入招商清单"
