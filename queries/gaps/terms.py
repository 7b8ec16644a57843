"""Words of gaps: the states of a product in a town, the reasons, the kinds of action."""

from collections.abc import Sequence

from graph.kinds.terms import Term
from queries.gaps.supply import LOSING_YEARS


class GapState(Term):
    """环节状态"""  # noqa: D400, D415 - GraphQL shows it

    UNKNOWN = "UNKNOWN", "不详：图中没有已知的生产者，也没有已知的采购；或不知是否必备"
    MISSING = "MISSING", "缺失：本地没有已知的生产者，而属必备、本地主体采购，或是本地产品的下游"
    WEAK = "WEAK", "薄弱：本地配套率低、来源单一，或本地生产者都无资质"
    COVERED = "COVERED", "已有"


class GapReason(Term):
    """缺链的理由"""  # noqa: D400, D415 - GraphQL shows it

    NO_MAKER = "NO_MAKER", "本地没有已知的生产者"
    OUTSIDE_ONLY = "OUTSIDE_ONLY", "本地主体采购而本地无人生产，全靠外购"
    SINGLE_SOURCE = "SINGLE_SOURCE", "来源单一：本地只有一家生产者，或采购集中度（HHI）不低于阈值"
    LOW_LOCAL_SHARE = "LOW_LOCAL_SHARE", "本地配套率低于阈值（来源不详者都算本地也仍低于）"
    NO_QUALIFIED_MAKER = "NO_QUALIFIED_MAKER", "本地生产者都没有已登记的有效资质"
    NO_DOWNSTREAM = "NO_DOWNSTREAM", "本地产品的下游，本地无人生产"
    LOSING = "LOSING", f"本地生产者比 {LOSING_YEARS} 年前减少"


class GapAction(Term):
    """补链、强链、延链"""  # noqa: D400, D415 - GraphQL shows it

    FILL = "FILL", "补链：补上缺失的环节"
    STRENGTHEN = "STRENGTHEN", "强链：加强薄弱的环节"
    EXTEND = "EXTEND", "延链：向下游延伸"


def action_of(state: GapState, reasons: Sequence[GapReason]) -> GapAction | None:
    """What kind of action fits; None: nothing to do, or not known enough.

    >>> action_of(GapState.MISSING, [GapReason.NO_MAKER, GapReason.NO_DOWNSTREAM])
    <GapAction.EXTEND: 'EXTEND'>
    """
    if state is GapState.WEAK:
        return GapAction.STRENGTHEN
    extends = GapReason.NO_DOWNSTREAM in reasons and GapReason.OUTSIDE_ONLY not in reasons
    if extends and state is not GapState.COVERED:
        return GapAction.EXTEND
    return GapAction.FILL if state is GapState.MISSING else None
