"""Papers and figures of a made-up province: qualifications, standards, sources, claims."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.province_writing import Writer, ids, some
from graph.kinds.facts import Claim, Source
from graph.kinds.metrics import Metric, Unit
from graph.kinds.papers import Qualification, Standard
from graph.kinds.terms import Bound, GovernmentLevel, Grade, Scope, StandardPurpose
from graph.snapshot.table import Array, code

if TYPE_CHECKING:
    from benchmarks.province import Plan

QUALIFICATIONS = (
    "high-tech",
    "leading-enterprise",
    "little-giant",
    "provincial-tech-centre",
    "specialised-sme",
)
YEARS = (2022, 2023, 2024)


def papers(writer: Writer, plan: "Plan", standards: Path, chance: np.random.Generator) -> None:
    """Write qualifications, the standards of the demo, a source, and what is claimed of firms and towns."""
    level = code(GovernmentLevel.PROVINCIAL)
    names = [*QUALIFICATIONS]
    writer.write(Qualification, {"id": ids("qualification:", names), "name": names, "level": level})
    with standards.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    purposes = [code(StandardPurpose(row["purpose"])) for row in rows]
    texts = {name: [row[name] for row in rows] for name in ("id", "name", "version", "citation", "criteria")}
    dates = np.array([row["validFrom"] or "NaT" for row in rows], "datetime64[D]")
    writer.write(Standard, {**texts, "purpose": purposes, "validFrom": dates})
    source = {"id": ["source:register"], "name": ["样例名录"], "grade": code(Grade.B), "synthetic": 1}
    writer.write(Source, source)
    _claims(writer, plan, chance)


def _claims(writer: Writer, plan: "Plan", chance: np.random.Generator) -> None:
    """Claim revenue and staff of most firms, output and market entities of most towns."""
    firms = np.flatnonzero(some(chance, plan.organisations, 0.6))
    revenue = np.round(chance.lognormal(15.5, 1.6, plan.organisations))
    staff = np.ceil(revenue / 6e5)
    towns = np.flatnonzero(some(chance, plan.towns, 0.8))
    people, places = writer.row("Organisation", firms), writer.row("Town", towns)
    entities = np.bincount(plan.town_of[plan.town_of >= 0], minlength=plan.towns)
    parts = [(people, Metric.REVENUE, Unit.YUAN, year, _grown(revenue[firms], year)) for year in YEARS]
    parts += [(people, Metric.EMPLOYEES, Unit.PERSON, YEARS[-1], staff[firms])]
    output = chance.lognormal(22, 1, plan.towns)[towns]
    parts += [(places, Metric.OUTPUT_VALUE, Unit.YUAN, year, _grown(output, year)) for year in YEARS]
    counts = np.round(entities[towns] * (1 + chance.random(len(towns))))
    parts += [(places, Metric.MARKET_ENTITIES, Unit.COUNT, YEARS[-1], counts)]
    sizes = [len(subject) for subject, *_ in parts]
    writer.write(
        Claim,
        {
            "id": ids("claim:", [f"{n:08}" for n in range(sum(sizes))]),
            "subject": np.concatenate([subject for subject, *_ in parts]),
            "metric": np.repeat([code(metric) for _, metric, *_ in parts], sizes),
            "unit": np.repeat([code(unit) for _, _, unit, *_ in parts], sizes),
            "year": np.repeat([year for *_, year, _ in parts], sizes),
            "value": np.concatenate([value for *_, value in parts]),
            "source": writer.row("Source", np.zeros(1, np.int32))[0],
            "grade": code(Grade.B),
            "scope": code(Scope.WHOLE),
            "bound": code(Bound.EXACT),
            "synthetic": 1,
        },
    )


def _grown(value: Array, year: int) -> Array:
    return np.round(value * 1.05 ** (year - YEARS[-1]))
