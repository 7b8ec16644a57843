"""Back-test: how well suggestions asked a year earlier would have named those who became suppliers.

Links first seen in the test year are hidden: the market is that of the year before. Each buyer and product
with a new supplier is asked once; what it is compared with are the other known makers of the same product, so
that no baseline gains by telling industries apart. Ties count as their average over all orders.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from graph.deadline import checkpoint
from graph.errors import BadInput
from graph.kinds.results import As, result
from graph.kinds.terms import Term
from graph.snapshot.csr import Floats, Ints
from graph.snapshot.purchases import Flows, supply_flows
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.years import Mask, alive
from queries.answer import Answer, Formula
from queries.provenance import Rows, of_supply
from queries.ranking import comparable, found_in, hit
from queries.sourcing.evidence import buyer_seeker, prospects
from queries.sourcing.parts import BUYER, Ranked, Weights, rank
from queries.sourcing.suggestions import weights_of

HIT = 10
MOST = 2_000
FORMULA = Formula(
    "supplier-suggestions/back-test",
    "供应商建议回测",
    3,
    "只检验所示样本：新关系限于已登记者，且候选限于当年已知的生产者；样例（虚构）数据的结果不说明实际效果。",
    {"hitAt": HIT},
)


class Baseline(Term):
    """回测中的排序办法"""  # noqa: D400, D415 - GraphQL shows it

    RANDOM = "RANDOM", "随机（期望值）"
    EVIDENCE = "EVIDENCE", "只按依据类别"
    GRAVITY = "GRAVITY", "只按规模、距离与行业配对"
    CO_SUPPLIER = "CO_SUPPLIER", "只按相似买方的供应商"
    RESOURCE_ALLOCATION = "RESOURCE_ALLOCATION", "只按资源分配"
    ADAMIC_ADAR = "ADAMIC_ADAR", "只按 Adamic–Adar"
    SCORE = "SCORE", "只按各信号百分位的均值"
    SUGGESTIONS = "SUGGESTIONS", "建议所用：先按依据类别，再按各信号百分位的均值"


@result("一种排序办法的回测结果（都为 0–1）", "BacktestBaseline")
@dataclass(frozen=True, slots=True)
class BaselineResult:
    """How well one order did, over the sample."""

    baseline: Annotated[Baseline, "排序办法"]
    hit_at_1: Annotated[float, "首位即新供应商的问题占比"]
    hit_at_10: Annotated[float, "前十位内有新供应商的问题占比"]
    precision_at_k: Annotated[float, "前 k 位中新供应商的平均占比"]
    """Never above 1/k when one became a supplier."""


@result("回测：隐去某年初次出现的供应关系，用上一年的数据来问")
@dataclass(frozen=True, slots=True)
class Backtest(Answer):
    """What the back-test found, and on how little."""

    test_year: Annotated[int, "检验年份", As("year")]
    train_year: Annotated[int, "所用数据的年份"]
    hidden: Annotated[int, "检验年份初次出现的供应关系数"]
    questions: Annotated[int, "有新供应商的（买方、产品）数"]
    sample: Annotated[int, "其中抽取的问题数"]
    reachable: Annotated[float | None, "新供应商中属于候选者的占比（0–1）；其余计为未中；空为没有"]
    candidates: Annotated[float | None, "每问平均候选数；空为没有"]
    crowded: Annotated[int, "候选多于十个的问题数：其余的前十命中没有区分力"]
    synthetic: Annotated[float | None, "新关系中虚构样例的占比（0–1）；空为没有"]
    tested: Annotated[Sequence[BaselineResult], "各排序办法的结果"]


def backtest(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot,
    *,
    train_year: int,
    test_year: int,
    k: int = 3,
    sample: int = 300,
    seed: int = 0,
    signals: Sequence[str] = tuple(BUYER),
) -> Backtest:
    """Hide the links first seen in a year and ask for them as of an earlier one; O(sample) questions."""
    if not 1 <= k <= HIT:
        raise BadInput(f"k：应在 1 到 {HIT} 之间，所给为 {k}", "k")
    if not 1 <= sample <= MOST:
        raise BadInput(f"sample：应在 1 到 {MOST:,} 之间，所给为 {sample}", "sample")
    if train_year >= test_year:
        raise BadInput("trainYear：应早于 testYear", "trainYear")
    weights = weights_of(signals)
    key = ("backtest", train_year, test_year, k, sample, seed, tuple(weights))
    return snapshot.remember(
        key, lambda: _backtest(snapshot, train_year, test_year, k, sample, seed, weights)
    )


def _backtest(  # noqa: PLR0913, PLR0917 - what is asked
    snapshot: Snapshot, train: int, test: int, k: int, sample: int, seed: int, weights: Weights
) -> Backtest:
    hidden, synthetic = _hidden(snapshot, train, test)
    asked = {"trainYear": train, "testYear": test, "k": k, "sample": sample, "seed": seed}
    method = FORMULA.method(
        snapshot, test, asked, used=lambda: _used(snapshot, train, test), signals=",".join(weights)
    )
    questions = _questions(hidden)
    if not questions:
        why = f"{test} 年没有初次出现的供应关系：无从回测"
        return Backtest(test, train, 0, 0, 0, None, None, 0, None, [], method=method, unknown_reason=why)
    chosen = _sampled(list(questions), sample, seed)
    tests = [_ask(snapshot, train, *question, questions[question], weights, k) for question in chosen]
    new = sum(len(questions[question]) for question in chosen)
    return Backtest(
        test,
        train,
        len(hidden),
        len(questions),
        len(chosen),
        sum(one.reached for one in tests) / new,
        sum(one.candidates for one in tests) / len(tests),
        sum(one.candidates > HIT for one in tests),
        synthetic,
        [_averaged(tests, name) for name in tests[0].figures],
        method=method,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question of the back-test."""

    candidates: int
    reached: int
    figures: Mapping[Baseline, tuple[float, float, float]]


def _hidden(snapshot: Snapshot, train: int, test: int) -> tuple[Ints, float]:
    """Find the links that the test year has and the year before has not; their sellers and buyers existed."""
    before, after = supply_flows(snapshot, train), supply_flows(snapshot, test)
    first = snapshot.nodes["Organisation"].first
    living: Mask = alive(snapshot.nodes["Organisation"], train)
    fresh = ~np.isin(_keys(snapshot, after), _keys(snapshot, before), assume_unique=True)
    fresh &= living[after.start - first] & living[after.end - first] & (after.start != after.end)
    new = np.flatnonzero(fresh)
    made_up = after.synthetic[new]
    links = np.stack([after.start[new], after.end[new], after.product[new]], axis=1)
    return links, float(made_up.mean()) if len(new) else 0.0


def _used(snapshot: Snapshot, train: int, test: int) -> Rows:
    """Rows of the supply of both years."""
    return of_supply(np.append(*(supply_flows(snapshot, year).edge for year in (train, test))))


def _keys(snapshot: Snapshot, flows: Flows) -> NDArray[np.int64]:
    """Give links numbers: the same seller, buyer and product have the same one."""
    firms, goods = snapshot.nodes["Organisation"], snapshot.nodes["Product"]
    start, end, product = (a.astype(np.int64) for a in (flows.start, flows.end, flows.product))
    return ((start - firms.first) * len(firms) + end - firms.first) * len(goods) + product - goods.first


def _questions(hidden: Ints) -> dict[tuple[int, int], set[int]]:
    """Map buyers and products to their new suppliers."""
    questions: dict[tuple[int, int], set[int]] = {}
    for seller, buyer, product in hidden.tolist():
        questions.setdefault((buyer, product), set()).add(seller)
    return questions


def _sampled(questions: list[tuple[int, int]], size: int, seed: int) -> list[tuple[int, int]]:
    if len(questions) <= size:
        return questions
    chosen = np.random.default_rng(seed).choice(len(questions), size, replace=False)
    return [questions[place] for place in sorted(chosen.tolist())]


def _ask(  # noqa: PLR0913, PLR0917 - one question
    snapshot: Snapshot,
    train: int,
    buyer: int,
    product: int,
    wanted: set[int],
    weights: Weights,
    k: int,
) -> _Asked:
    checkpoint()
    first = snapshot.nodes["Organisation"].first
    could = prospects(snapshot, buyer_seeker(snapshot, buyer - first, train), product, train, sellers=True)
    true = np.isin(could.who + first, [*wanted])
    orders = _orders(rank(snapshot, could, weights))
    figures = {name: _figures(order, true, k) for name, order in orders.items()}
    return _Asked(len(could.who), int(true.sum()), figures)


def _orders(standing: Ranked) -> dict[Baseline, Floats]:
    """Give candidates a number by each baseline, more is better; the unknown come last."""
    percentiles = standing.scores.percentiles.T
    single = zip(standing.parts, percentiles, strict=True)
    return {
        Baseline.RANDOM: np.zeros(len(standing.prospects.who)),
        Baseline.EVIDENCE: -standing.prospects.strongest.astype(np.float64),
        **{Baseline(part.value): comparable(column) for part, column in single},
        Baseline.SCORE: comparable(standing.scores.score),
        Baseline.SUGGESTIONS: standing.place,
    }


def _figures(order: Floats, true: Mask, k: int) -> tuple[float, float, float]:
    return hit(order, true, 1), hit(order, true, HIT), found_in(order, true, k) / k


def _averaged(tests: Sequence[_Asked], name: Baseline) -> BaselineResult:
    columns = zip(*(one.figures[name] for one in tests), strict=True)
    return BaselineResult(name, *(sum(column) / len(tests) for column in columns))
