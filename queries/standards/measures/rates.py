"""Rates of towns: purchases supplied from near by, problems solved, projects completed."""

import numpy as np

from graph.criteria import Arguments, Group
from graph.kinds.terms import ProblemExtent, ProblemStatus, ProjectStatus, Proximity
from graph.snapshot.csr import Ints
from graph.snapshot.purchases import Purchases, local_sourcing, purchases_of, supply_network
from graph.snapshot.table import code
from graph.snapshot.years import valid_in
from queries.standards.measures.coverage import CoverageState, Covered, TownMeasure
from queries.standards.measures.intervals import FALSE, TRUE, UNKNOWN, Reading, Truths
from queries.standards.measures.organisations import ids_to_rows
from queries.standards.measures.province import Province
from queries.standards.measures.rosters import roster


def local_sourcing_rate(province: Province, town: int, arguments: Arguments) -> Reading:
    """Give the share of what local organisations are known to buy that comes from near by, by value.

    Over measured purchases; the bounds stay open when some are not measured, or the register is incomplete.
    """
    within, bought = arguments.proximity("within") or Proximity.TOWN, _bought(province, town, arguments)
    found = local_sourcing(bought.value, bought.proximity(province.proximity(town)), within)
    low, high = float(found.rate[0]), float(found.rate_at_most[0])
    if np.isnan(low):
        return Reading(0.0, 1.0, lacking=("没有已计量的采购",))
    unmeasured = int(found.purchases[0] - found.measured[0])
    lacks = [f"{unmeasured} 笔采购没有金额"] * (unmeasured > 0)
    lacks += [] if province.complete[town] else [f"{province.as_of} 年主体名录不完整"]
    if lacks:
        return Reading(0.0, 1.0, estimate=low, lacking=tuple(lacks))
    return Reading(low, high, estimate=low, lacking=() if low == high else ("部分卖方所在地不详",))


def problem_resolution_rate(province: Province, town: int, arguments: Arguments) -> Reading:
    """Give the share of the problems raised by the end of the year that were solved by then."""
    table, here = province.snapshot.nodes["Problem"], _entries(province, town, "Problem")
    if extent := arguments.term("extent", ProblemExtent):
        here = here[table["extent"][here] == code(extent)]
    end, solved = np.datetime64(f"{province.as_of:04}-12-31"), table["resolvedOn"][here]
    here, solved = (array[table["raisedOn"][here] <= end] for array in (here, solved))
    said = table["status"][here] == code(ProblemStatus.RESOLVED)
    done = np.where(np.isnat(solved), np.where(said, UNKNOWN, FALSE), np.where(solved <= end, TRUE, FALSE))
    return _share(here + np.int32(table.first), done.astype(np.int8), "问题", "尚未解决", "解决日期不详")


def project_completion_rate(province: Province, town: int, _: Arguments) -> Reading:
    """Give the share of the projects begun by the end of the year, stopped ones left out, that are complete.

    When a completed project was due only after that, nobody knows whether it was complete by then.
    """
    table, here = province.snapshot.nodes["Project"], _entries(province, town, "Project")
    end, status = np.datetime64(f"{province.as_of:04}-12-31"), table["status"]
    late = (table["startOn"][here] > end) | (status[here] == code(ProjectStatus.STOPPED))
    stopped, here = here[late], here[~late]
    due = table["dueOn"][here]
    now = province.as_of >= (province.snapshot.newest_year or province.as_of)
    when = np.where((due <= end) | now, TRUE, UNKNOWN)
    done = np.where(status[here] == code(ProjectStatus.COMPLETED), when, FALSE).astype(np.int8)
    found = _share(here + np.int32(table.first), done, "重大项目", "尚未建成", "建成日期不详")
    left = ((stopped + np.int32(table.first), "已停止，或尚未开工"),) if len(stopped) else ()
    return Reading(
        found.low,
        found.high,
        counted=found.counted,
        uncertain=found.uncertain,
        left_out=(*found.left_out, *left),
        lacking=found.lacking,
    )


def _share(rows: Ints, done: Truths, words: str, fails: str, lacks: str) -> Reading:
    if not len(rows):
        return Reading(0.0, 1.0, lacking=(f"没有登记{words}",))
    sure, maybe, out = done == TRUE, done == UNKNOWN, done == FALSE
    uncertain = ((rows[maybe], lacks),) if maybe.any() else ()
    return Reading(
        float(sure.mean()),
        float((sure | maybe).mean()),
        counted=rows[sure],
        uncertain=uncertain,
        left_out=((rows[out], fails),) if out.any() else (),
        lacking=tuple(f"{len(some)} 项{why}" for some, why in uncertain),
    )


def _entries(province: Province, town: int, label: str) -> Ints:
    """List the ledger entries of a town: places in their table."""
    edges, table = province.snapshot.relations["OF_TOWN"], province.snapshot.nodes[label]
    inside = (edges.start >= table.first) & (edges.start < table.first + len(table))
    held = inside & (edges.end == town + province.towns.first) & valid_in(edges, province.as_of)
    return edges.start[held] - np.int32(table.first)


def _bought(province: Province, town: int, arguments: Arguments) -> Purchases:
    """List what a town's own organisations that exist buy, of some products if they are named."""
    here, ids = province.own_of(town), arguments.ids("product")
    bought = purchases_of(province.snapshot, here[province.living[here]], province.as_of)
    asked = ids_to_rows(province, ids) - province.snapshot.nodes["Product"].first
    return bought.some(np.isin(bought.product, asked)) if ids else bought


def _purchases_covered(province: Province, town: int, _: Arguments) -> Covered:
    network = supply_network(province.snapshot, province.as_of)
    edges = network.suppliers.at(roster(province, town, Group.MEMBERS).firms)[2]
    measured = int((~np.isnan(network.flows.measured[edges])).sum())
    if not measured:
        return CoverageState.UNKNOWN, 0, len(edges), "没有已计量的采购"
    return CoverageState.PARTLY, measured, len(edges), "只知已登记的采购"


def _entries_covered(province: Province, town: int, label: str, words: str) -> Covered:
    count = len(_entries(province, town, label))
    if not count:
        return CoverageState.UNKNOWN, 0, 0, f"没有登记{words}"
    return CoverageState.PARTLY, count, count, f"只知已登记的 {count} 项{words}"


TOWN = {
    "local_sourcing_rate": TownMeasure(local_sourcing_rate, _purchases_covered),
    "problem_resolution_rate": TownMeasure(
        problem_resolution_rate, lambda province, town, _: _entries_covered(province, town, "Problem", "问题")
    ),
    "project_completion_rate": TownMeasure(
        project_completion_rate,
        lambda province, town, _: _entries_covered(province, town, "Project", "重大项目"),
    ),
}
"""The rates, by name."""
