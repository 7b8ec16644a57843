"""Town page (镇画像): the words that a template for a town is filled with."""

from collections.abc import Sequence
from typing import cast

from graph.kinds.entities import Town
from graph.kinds.terms import Stage
from graph.snapshot.snapshot import Snapshot
from loaders.word.filling import Words
from loaders.word.wording import (
    STAR,
    UNKNOWN,
    Row,
    figure_row,
    mark,
    money,
    named,
    near_place,
    partner_rows,
    percent,
    short_name,
    side_words,
    sole_rows,
    warning,
)
from queries.briefings.chain_state import FirstCandidate, GapLine, StepState
from queries.briefings.town import TownBriefing
from queries.gaps.terms import GapAction, GapReason, GapState
from queries.lists.particulars import Particulars
from queries.sourcing.evidence import CandidateEvidence

MOST_FIGURES, MOST_SOLE = 8, 2
MOST_GAPS = {GapAction.FILL: 3, GapAction.STRENGTHEN: 2, GapAction.EXTEND: 2, GapAction.SECURE: 1}
"""How many rows a page has room for."""
REASONS = {
    GapReason.NO_MAKER: "本地无生产者",
    GapReason.OUTSIDE_ONLY: "全靠外购",
    GapReason.SINGLE_SOURCE: "来源单一",
    GapReason.CONCENTRATED: "采购集中",
    GapReason.LOW_LOCAL_SHARE: "本地配套低",
    GapReason.NO_QUALIFIED_MAKER: "生产者无资质",
    GapReason.LOSING: "生产者减少",
}
IMPLIED = (GapReason.NO_MAKER, GapReason.LOW_LOCAL_SHARE)
EVIDENCE = {
    CandidateEvidence.LOCAL: "本镇生产者",
    CandidateEvidence.DOWNSTREAM_BUYER: "现购本镇货",
    CandidateEvidence.HOME: "省内生产者",
    CandidateEvidence.SELLER: "已供镇内",
    CandidateEvidence.RELATED: "产相近产品",
    CandidateEvidence.RELATIVE: "镇内企业关联方",
    CandidateEvidence.MAKER: "省外生产者",
    None: "现供",
}
STATES = {
    GapState.COVERED: "已有",
    GapState.WEAK: "薄弱",
    GapState.MISSING: "缺失",
    GapState.UNKNOWN: "不详",
    None: "不详",
}
"""The columns of the chain; an optional step that nobody makes or buys is not known to be had."""
OPTIONAL = "（可选）"


def town_words(snapshot: Snapshot, found: TownBriefing) -> dict[str, Words]:
    """Write a town's briefing in words, by the names that tags use."""
    figures, name = found.figures[:MOST_FIGURES], snapshot.name_of(found.town)
    chains = named(snapshot, found.chains)
    home = Particulars(snapshot, found.method.as_of).region(found.regions[0]) if found.regions else None
    return {
        "名称": f"{name}（示例）" if cast("Town", snapshot.entity(found.town)).synthetic else name,
        "年份": f"{found.method.as_of} 年",
        "概况": _about(snapshot, found, home),
        "龙头": _leaders(snapshot, found),
        "牵头单位": named(snapshot, found.offices) or "未登记",
        "样例提示": warning(found.grounds.synthetic),
        "数值": [figure_row(snapshot, one) for one in figures],
        "数值余": _more(len(found.figures) - len(figures), "项数值"),
        "产业链": f"{chains}；环节后为本地家数，可选而无人从事者记不详" if chains else "",
        "环节": _stages(snapshot, found.steps),
        "两头": _ends(found),
        "缺口": [row for one in found.gaps for row in _gaps(snapshot, one.action, one.rows, one.count, home)],
        "本地配套": _sourcing(found),
        "外购": side_words(found.suppliers, "镇外采购"),
        "外销": side_words(found.buyers, "销往镇外"),
        "往来": [
            *partner_rows(snapshot, found.suppliers, "买自", home),
            *partner_rows(snapshot, found.buyers, "卖给", home),
            *sole_rows(snapshot, found.single_sources[:MOST_SOLE], "独家供应"),
        ],
        "单一来源": f"{found.purchase_count} 项采购中 {found.single_source_count} 项只有一家已知供应商",
        "体检": [_checkup(snapshot, found, at) for at in range(len(found.checkups))],
        "不详": "；".join(found.unknowns) or "没有发现",
        "依据": found.grounds.in_words,
        "公式": "、".join(found.grounds.formulas),
        "告诫": found.method.caveat,
        "快照": snapshot.id,
        "仅真实": "只看真实数据：已略去虚构样例" if found.method.real_only else "",
    }


def _about(snapshot: Snapshot, found: TownBriefing, home: str | None) -> str:
    """Who the town is, in a line."""
    town = cast("Town", snapshot.entity(found.town))
    since = f"（{town.recognised_on} 认定）" if town.recognised_on else ""
    said = [f"{town.level.words}专业镇，{found.status.words}{since}"]
    said += [home] if home and len(found.regions) == 1 else [named(snapshot, found.regions) or "所在县域不详"]
    said.append(f"主导行业 {named(snapshot, found.industries) or UNKNOWN}")
    if found.own is not None:
        said.append(f"已登记本镇主体 {found.own.count} 户")
    return " · ".join(said)


def _leaders(snapshot: Snapshot, found: TownBriefing) -> str:
    """Name the leaders, with their revenue where it is known."""
    if not found.leaders:
        return "没有已登记的龙头企业"
    told = [
        short_name(snapshot.name_of(one.organisation))
        + (f" {money(one.revenue)}" if one.revenue is not None else "")
        + (STAR if one.synthetic else "")
        for one in found.leaders
    ]
    more = " 等" if found.leader_count > len(told) else ""
    return f"{'、'.join(told)}{more}（共 {found.leader_count} 家）"


def _stages(snapshot: Snapshot, steps: Sequence[StepState]) -> list[Row]:
    """One row a stage: which of its steps are in each state."""
    rows = list[Row]()
    for stage in (*Stage, None):
        here = [one for one in steps if one.stage is stage]
        if here:
            told = {
                word: "、".join(_step(snapshot, one) for one in here if STATES[one.state] == word)
                for word in STATES.values()
            }
            cells = {word: some or "—" for word, some in told.items()}
            rows.append({"位置": stage.words if stage else "未说明", **cells})
    return rows


def _step(snapshot: Snapshot, one: StepState) -> str:
    makers = f" {one.local_makers}家" if one.local_makers else ""
    optional = OPTIONAL if one.state is None else ""
    return f"{short_name(snapshot.name_of(one.product))}{makers}{optional}{STAR if one.synthetic else ''}"


def _gaps(
    snapshot: Snapshot, action: GapAction, gaps: Sequence[GapLine], count: int, home: str | None
) -> list[Row]:
    """Rows of one action; only the first names it, with how many there are."""
    word = action.words.partition("：")[0]
    head = f"{word}（{count}）"
    return [
        {
            "做法": head if at == 0 else "",
            "环节": short_name(snapshot.name_of(one.product)),
            "状态": STATES[one.state],
            "原因": _reasons(snapshot, one),
            "价值": money(one.value),
            "首选": _candidates(snapshot, one, home),
            "样例": mark(one.synthetic or any(who.synthetic for who in one.candidates)),
        }
        for at, one in enumerate(gaps[: MOST_GAPS[action]])
    ]


def _reasons(snapshot: Snapshot, gap: GapLine) -> str:
    """Say why, in short: what is bought outside alone is neither made nor covered here."""
    reasons = [one for one in gap.reasons if one in REASONS]
    if GapReason.OUTSIDE_ONLY in reasons:
        reasons = [one for one in reasons if one not in IMPLIED]
    told = [REASONS[one] for one in reasons]
    if gap.because is not None:
        told = [f"{short_name(snapshot.name_of(gap.because))}的下游"]
    if gap.rivals:
        told.append(f"与{named(snapshot, gap.rivals)}雷同")
    return "，".join(told)


def _candidates(snapshot: Snapshot, gap: GapLine, home: str | None) -> str:
    """Name who comes first, by what speaks for them; those of one sort together."""
    sorts = dict[str, list[str]]()
    for one in gap.candidates:
        sorts.setdefault(_sort(one, home), []).append(short_name(snapshot.name_of(one.organisation)))
    if not sorts:
        return f"无宜招引者；{gap.staying_count}家可对接采购" if gap.staying_count else "没有已知的候选者"
    told = "；".join(f"{'、'.join(names)}（{sort}）" for sort, names in sorts.items())
    return told + (f"等{gap.candidate_count}家" if gap.candidate_count > len(gap.candidates) else "")


def _sort(one: FirstCandidate, home: str | None) -> str:
    local = one.evidence is CandidateEvidence.LOCAL
    return EVIDENCE[one.evidence] if local else f"{near_place(one.place, home)}，{EVIDENCE[one.evidence]}"


def _sourcing(found: TownBriefing) -> str:
    """Say how much of what is bought comes from the town."""
    rate = found.sourcing
    if rate is None or rate.rate is None or rate.rate_at_most is None:
        return "本地配套率不详：没有已计量的采购"
    most = f"，至多 {percent(rate.rate_at_most)}" if rate.rate_at_most > rate.rate else ""
    return f"本地配套率 {percent(rate.rate)}{most}（采购 {money(rate.total)}，来自本地 {money(rate.local)}）"


def _ends(found: TownBriefing) -> str:
    """Say whether both ends of the chain lie outside."""
    if found.ends is None:
        return "没有对照的参考产业链：两头无从判断"
    up, down = (percent(end.outside_share) for end in (found.ends.upstream, found.ends.downstream))
    judged = {True: "两头在外", False: "并非两头在外", None: "两头是否在外不详"}[found.ends.both_outside]
    return f"{judged}：上游采购外地占 {up}，中下游销售外地占 {down}"


def _checkup(snapshot: Snapshot, found: TownBriefing, at: int) -> Row:
    one = found.checkups[at]
    return {"标准": snapshot.name_of(one.standard), "结论": one.in_words, "样例": mark(one.synthetic)}


def _more(count: int, words: str) -> str:
    return f"另有 {count} {words}未列出" if count > 0 else ""
