"""Choice: which standard a check-up or an evaluation is by that names none."""

from collections.abc import Sequence

import numpy as np

from graph.errors import BadInput
from graph.kinds.terms import RegionLevel, StandardPurpose
from graph.snapshot.csr import Ints
from graph.snapshot.index import NodeIndex, nodes_of
from graph.snapshot.regions import at_level, regions_of
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import code
from graph.snapshot.years import Mask, alive, valid_in


def recognition_standard(snapshot: Snapshot, towns: Sequence[NodeIndex], as_of: int) -> NodeIndex:
    """Find the recognition standard that towns are held against; raises BadInput, as `in_force` does."""
    return in_force(snapshot, towns, as_of, StandardPurpose.RECOGNITION, "standard")


def evaluation_standard(snapshot: Snapshot, towns: Sequence[NodeIndex], as_of: int) -> NodeIndex:
    """Find the set of indicators that towns are evaluated by; raises BadInput, as `in_force` does."""
    return in_force(snapshot, towns, as_of, StandardPurpose.EVALUATION, "evaluation")


def in_force(
    snapshot: Snapshot, towns: Sequence[NodeIndex], as_of: int, purpose: StandardPurpose, argument: str
) -> NodeIndex:
    """Find the one standard of a purpose in force in a year in the province of some towns.

    Where none says that it applies in the province, one that says no region at all may be meant. Raises
    BadInput for the argument when there is none or several, with all standards of the purpose that there are.
    """
    table = snapshot.nodes["Standard"]
    of_purpose = table["purpose"] == code(purpose)
    holds = of_purpose & alive(table, as_of)
    regions = _regions(snapshot, as_of)
    provinces = _provinces(snapshot, towns, as_of)
    somewhere = np.array([len(held) > 0 for held in regions], np.bool_)
    here = np.array([len(provinces) > 0 and np.isin(provinces, held).all() for held in regions], np.bool_)
    found = np.flatnonzero(holds & here)
    if not len(found):
        found = np.flatnonzero(holds & ~somewhere)
    if len(found) == 1:
        return NodeIndex(int(found[0]) + table.first)
    where = "、".join(snapshot.nodes["Region"]["name"][provinces].tolist()) or "所在省不详的专业镇"
    said = f"没有在 {as_of} 年施行的{purpose.words}标准"
    if len(found):
        said = f"有 {len(found)} 个在 {as_of} 年施行的{purpose.words}标准，请指明是哪一个"
    raise BadInput(f"{argument}：{where}{said}：{_listed(snapshot, of_purpose, regions, purpose)}", argument)


def _regions(snapshot: Snapshot, as_of: int) -> list[Ints]:
    """List the regions (places) that each standard applies in."""
    table, edges = snapshot.nodes["Standard"], snapshot.relations["APPLIES_IN"]
    held, first = valid_in(edges, as_of), np.int32(snapshot.nodes["Region"].first)
    return [edges.end[held & (edges.start == row)] - first for row in table.rows]


def _provinces(snapshot: Snapshot, towns: Sequence[NodeIndex], as_of: int) -> Ints:
    """List the provinces (places of regions) that some towns lie in."""
    province, first = at_level(snapshot, RegionLevel.PROVINCE, as_of), snapshot.nodes["Town"].first
    found = [province[regions_of(snapshot, town - first, as_of)] for town in towns]
    lies = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int32)
    return lies[lies >= 0].astype(np.int32)


def _listed(snapshot: Snapshot, asked: Mask, regions: Sequence[Ints], purpose: StandardPurpose) -> str:
    """Name the standards that there are, with where and since when they apply."""
    table, names = snapshot.nodes["Standard"], snapshot.nodes["Region"]["name"]
    said = [
        f"{snapshot.id_of(row)}（{snapshot.name_of(row)}，"
        f"{'、'.join(names[regions[row - table.first]].tolist()) or '未写明适用区域'}，"
        f"{_since(table['validFrom'][row - table.first])}）"
        for row in nodes_of(np.flatnonzero(asked).astype(np.int32) + np.int32(table.first))
    ]
    return f"现有 {'、'.join(said)}" if said else f"图中没有任何{purpose.words}标准"


def _since(day: np.datetime64) -> str:
    return "施行日期不详" if np.isnat(day) else f"{day} 起施行"
