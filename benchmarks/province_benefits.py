"""Policies of a made-up province: benefits with rules that separate firms, and who received them.

They are drawn by themselves, so that all else of the province is the same with and without them.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.province_writing import Writer, ids, some
from graph.kinds.papers import Benefit, Policy
from graph.kinds.relations import AppliesIn, Favours, Offers, Received, Targets
from graph.kinds.terms import BenefitResource, GovernmentLevel
from graph.snapshot.table import Array, code

if TYPE_CHECKING:
    from benchmarks.province import Plan

BENEFITS, EACH, FEWEST = 300, 3, 30
"""Benefits at scale 1, of one policy, and at any scale."""
SEED = 11
COUNTY, CITY = 0.4, 0.7
"""Shares of policies: up to the first of counties, up to the second of cities, the rest of the province."""
YEARS = (2022, 2023, 2024)
TITLES = ("high-tech", "leading-enterprise", "little-giant", "provincial-tech-centre", "specialised-sme")

type Draw = Callable[[np.random.Generator, str, int], dict[str, Any]]
"""Draws a condition of a benefit (its id), of a province with so many products."""


def _leaf(measure: str, told: dict[str, Any] | None = None, **asked: Any) -> dict[str, Any]:
    return {"measure": measure, **({"with": told} if told else {}), **asked}


CONDITIONS: tuple[Draw, ...] = (
    lambda chance, _, __: _leaf("revenue", unit="YUAN", at_least=float(10 ** chance.integers(5, 8))),
    lambda chance, _, __: _leaf("employees", at_least=int(chance.integers(5, 200))),
    lambda chance, _, __: _leaf("age", at_least=int(chance.integers(1, 20))),
    lambda chance, _, __: _leaf("form", one_of=["ENTERPRISE", "COOPERATIVE"][: int(chance.integers(1, 3))]),
    lambda chance, _, __: _leaf("holds", {"qualification": [str(chance.choice(TITLES))]}, equals=True),
    lambda _, __, ___: _leaf("leads_town", equals=True),
    lambda _, __, ___: _leaf("size_class", one_of=["small", "micro"]),
    lambda chance, _, goods: _leaf(
        "makes", {"product": sorted({f"{n:06}" for n in chance.integers(0, goods, 40).tolist()})}, equals=True
    ),
    lambda _, own, __: {"not": _leaf("received", {"benefit": [own], "years": 3}, equals=True)},
)


def policies(writer: Writer, plan: "Plan", scale: float) -> None:
    """Write policies and their benefits."""
    chance, count = np.random.default_rng(SEED), benefits_at(scale)
    level, day = code(GovernmentLevel.COUNTY), np.datetime64("2022-01-01")
    writer.named(Policy, "policy:", count // EACH, level=level, issuer="样例机关", issuedOn=day)
    rules = [_rule(chance, f"{n:06}", plan.products) for n in range(count)]
    resources = chance.integers(0, len(BenefitResource), count)
    amounts = np.where(some(chance, count, 0.7), chance.integers(1, 50, count) * 1e4, np.nan)
    texts = {"criteria": rules, "text": ["样例条款"] * count}
    writer.named(Benefit, "benefit:", count, resource=resources, amount=amounts, **texts)


def reach(writer: Writer, plan: "Plan", scale: float, counties: Array, cities: int, trades: Array) -> None:  # noqa: PLR0913, PLR0917 - what reach is made of
    """Write what policies offer, whom they are for, and who received what."""
    chance, count = np.random.default_rng(SEED + 1), benefits_at(scale)
    number = count // EACH
    documents = writer.row("Policy", np.arange(number))
    given = np.arange(number * EACH)
    writer.join(Offers, documents[given // EACH], writer.row("Benefit", given))
    drawn, town = chance.random(number), chance.integers(0, plan.towns, number)
    city = [f"14{1 + n % cities:02}" for n in range(number)]
    kind = np.where(drawn < COUNTY, 0, np.where(drawn < CITY, 1, 2))
    where = [(counties[t], c, "14")[k] for t, c, k in zip(town, city, kind, strict=True)]
    writer.join(AppliesIn, documents, ids("region:", where))
    local = np.flatnonzero(kind == 0)
    writer.join(Favours, documents[local], writer.row("Town", town[local]))
    aimed = np.flatnonzero((kind > 0) & some(chance, number, 0.6))
    writer.join(Targets, documents[aimed], trades[chance.integers(0, len(trades), len(aimed))].tolist())
    pairs = plan.organisations * 2
    firm, benefit = chance.integers(0, plan.organisations, pairs), chance.integers(0, number * EACH, pairs)
    once = np.unique(np.stack([firm, benefit]), axis=1)
    year = np.array(YEARS)[chance.integers(0, len(YEARS), once.shape[1])]
    ends = writer.row("Organisation", once[0]), writer.row("Benefit", once[1])
    writer.join(Received, *ends, year=year, amount=1e4)


def benefits_at(scale: float) -> int:
    """Tell how many benefits there are."""
    return max(FEWEST, round(BENEFITS * scale))


def _rule(chance: np.random.Generator, benefit: str, goods: int) -> str | None:
    """Draw one to four conditions that must all hold, one of them perhaps a choice of two."""
    if chance.random() < 0.05:  # noqa: PLR2004 - one in twenty asks nothing
        return None
    chosen = chance.choice(len(CONDITIONS), int(chance.integers(1, 5)), replace=False)
    parts = [CONDITIONS[n](chance, benefit, goods) for n in chosen]
    if len(parts) > 2 and chance.random() < 0.5:  # noqa: PLR2004 - half of the longer ones
        parts = [*parts[:-2], {"any": parts[-2:]}]
    return json.dumps({"all": parts})
