"""Hiding: what readers see of sole traders and family farms, in a snapshot."""

from typing import Any

import numpy as np

from graph.kinds.persons import PERSONAL_FORMS, TELLING, masked_names
from graph.kinds.terms import OrganisationForm, RegionLevel
from graph.snapshot.regions import at_level, locations
from graph.snapshot.snapshot import Snapshot
from graph.snapshot.table import TEXT, Array, NodeTable, code, frozen
from graph.snapshot.years import Mask

_FOREVER = 9999


def without_persons(snapshot: Snapshot) -> Snapshot:
    """Give a copy in which sole traders and family farms have form, place and number instead of a name.

    All else that tells who they are is unknown in it; what is counted and computed stays as it is. It keeps
    the id of the snapshot it was made from: the same content, the same name in answers.
    """
    organisations, rulings = snapshot.nodes["Organisation"], snapshot.nodes["Ruling"]
    hidden = snapshot.lasting("hidden", [organisations["form"]], lambda _: _personal(organisations))
    blank = {
        name: snapshot.lasting(
            ("blank", name),
            [organisations[name], hidden],
            lambda _, name=name: _blanked(organisations[name], hidden),
        )
        for name in TELLING["Organisation"]
        if name != "name"
    }
    blank["name"] = _named(snapshot, hidden)
    everywhere = np.ones(len(rulings), np.bool_)
    silent = {name: _blanked(rulings[name], everywhere) for name in TELLING["Ruling"]}
    nodes = {
        **snapshot.nodes,
        "Organisation": organisations.altered(blank),
        "Ruling": rulings.altered(silent),
    }
    return snapshot.changed(nodes=nodes, name=snapshot.id)


def _personal(organisations: NodeTable) -> Mask:
    return np.isin(organisations["form"], _CODES)


def _blanked(column: Array, where: Mask) -> Array:
    made: Any = column.copy()
    made[where] = None if made.dtype == TEXT else np.nan
    return frozen(made)


def _named(snapshot: Snapshot, hidden: Mask) -> Array:
    """Make the column of names: those of the hidden ones replaced."""
    table, places = snapshot.nodes["Organisation"], np.flatnonzero(hidden)

    def called(_: object) -> Array:
        ids: list[str] = table["id"][places].tolist()
        forms = (_FORMS[at] for at in table["form"][places].tolist())
        names = masked_names(zip(ids, forms, _counties(snapshot, hidden), strict=True))
        return np.array([names[id] for id in ids], dtype=TEXT)

    def made(_: object) -> Array:
        column = table["name"].copy()
        column[places] = names
        return frozen(column)

    regions, ways = (
        snapshot.nodes["Region"],
        (snapshot.relations[label] for label in ("LOCATED_IN", "PART_OF")),
    )
    where = [regions[name] for name in ("name", "level")]
    where += [way[name] for way in ways for name in ("from", "to", "since", "until")]
    names = snapshot.lasting(
        "masked names", [snapshot.newest_year, table["id"], table["form"], *where], called
    )
    return snapshot.lasting("masked name column", [table["name"], names], made)


def _counties(snapshot: Snapshot, hidden: Mask) -> list[str]:
    """Where the hidden ones are: the county, else the region they are located in, else nothing."""
    year = snapshot.newest_year or _FOREVER
    names = snapshot.nodes["Region"]["name"].tolist()
    where = locations(snapshot, year)[hidden]
    county = np.append(at_level(snapshot, RegionLevel.COUNTY, year), np.int32(-1))[where]
    return [names[at] if at >= 0 else "" for at in np.where(county >= 0, county, where).tolist()]


_FORMS = list(OrganisationForm)
_CODES = [code(form) for form in PERSONAL_FORMS]
