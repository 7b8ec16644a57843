"""Every question of an analysis, as it is asked of a random province (`tests/queries/provinces.py`)."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from graph.kinds.metrics import Metric
from queries.answer import Aggregation
from queries.cascade.cascade import Shock, cascade, scenario
from queries.comparison.measures import TownMeasure, town_measures
from queries.evidence.age import freshness
from queries.evidence.changes import changes
from queries.evidence.completeness import completeness, town_completeness
from queries.evidence.conflicts import conflicts
from queries.evidence.history import history
from queries.evidence.relation_history import relation_history
from queries.gaps.flow_parts import FlowLevel
from queries.gaps.gaps import gaps
from queries.gaps.town_flow import town_flow
from queries.growth.market_entities import growth
from queries.growth.near_threshold import near_threshold
from queries.linkage.between_towns import trade_between_towns
from queries.linkage.concentration import ConcentrationOf, concentration
from queries.linkage.extraction import extraction
from queries.linkage.leontief import linkages
from queries.linkage.position import organisation_position, positions, town_position
from queries.linkage.sankey import sankey
from queries.linkage.single_sources import single_sourced
from queries.linkage.sourcing_rate import circularity, sourcing_rate
from queries.linkage.traders import traders
from queries.network.centrality import centrality
from queries.network.chokepoints import chokepoints
from queries.network.communities import communities
from queries.network.paths import paths
from queries.network.products import product_walk
from queries.network.walk import walk
from queries.ownership.double_counting import double_counted
from queries.ownership.groups import group
from queries.similarity.matrix import similarity_matrix
from queries.similarity.pairs import similar
from queries.similarity.relatedness import relatedness
from queries.sourcing.candidates import candidates
from queries.sourcing.matches import matches
from queries.sourcing.suggestions import supplier_suggestions
from queries.standards.checkup import try_standard
from tests.queries.networks import YEAR

TOWN, FIRM, OTHER, PRODUCT = "town:s", "org:a", "org:b", "product:p"


HOUSEHOLDS = {"measure": "supporting_households", "at_least": 2}
CRITERIA = {"all": [{"measure": "leading_enterprises", "at_least": 1}, HOUSEHOLDS]}
STANDARD = json.dumps({"criteria": CRITERIA})


def of(subject: str, ask: Callable[..., Any], **more: Any) -> Callable[..., Any]:
    """Ask about one node in the year."""
    return lambda snapshot: ask(snapshot, subject, as_of=YEAR, **more)


def of_all(ask: Callable[..., Any], **more: Any) -> Callable[..., Any]:
    """Ask about all there is in the year."""
    return partial(ask, as_of=YEAR, **more)


QUESTIONS: dict[str, Callable[..., Any]] = {
    "growth": of(TOWN, growth),
    "near_threshold": of_all(near_threshold),
    "candidates": of(TOWN, candidates, product=PRODUCT),
    "cascade": of(FIRM, cascade),
    "scenario": lambda snapshot: scenario(snapshot, [Shock(FIRM, 0.5), Shock(OTHER, 1.0)], as_of=YEAR),
    "centrality": of_all(centrality),
    "centrality, a town": of_all(centrality, within=TOWN),
    "changes": lambda snapshot: changes(snapshot, TOWN, start=YEAR - 2, end=YEAR),
    "chokepoints": of(FIRM, chokepoints),
    "chokepoints, a material": of(FIRM, chokepoints, material=PRODUCT),
    "circularity": of(TOWN, circularity),
    "communities": of_all(communities),
    "completeness": of_all(completeness),
    "town_completeness": of(TOWN, town_completeness),
    "concentration": of(TOWN, concentration),
    "concentration, sales": of(TOWN, concentration, of=ConcentrationOf.SALES, product=PRODUCT),
    "concentration, purchases": of(TOWN, concentration, of=ConcentrationOf.PURCHASES),
    "conflicts": of(TOWN, conflicts, agreeing=True),
    "double_counted": of(TOWN, double_counted),
    "extraction": of(FIRM, extraction),
    "freshness": of(TOWN, freshness),
    "gaps": of(TOWN, gaps, include_covered=True),
    "group": of(FIRM, group),
    "history": lambda snapshot: history(snapshot, subject=FIRM, metric=Metric.REVENUE, as_of=YEAR),
    "linkages": of_all(linkages, aggregation=Aggregation.TOWN, cap=True),
    "linkages, industries": of_all(linkages, cap=True),
    "matches": of(TOWN, matches),
    "organisation_position": of(FIRM, organisation_position, cap=True),
    "paths": of(FIRM, paths, to=OTHER),
    "positions": of_all(positions, aggregation=Aggregation.ORGANISATION, cap=True),
    "product_walk": of(PRODUCT, product_walk),
    "relatedness": of(TOWN, relatedness, least_places=1),
    "relation_history": of(FIRM, relation_history),
    "sankey": of_all(sankey, within=TOWN),
    "similar": of(TOWN, similar),
    "similarity_matrix": of_all(similarity_matrix, aggregation=Aggregation.PRODUCT),
    "single_sourced": of(TOWN, single_sourced),
    "sourcing_rate": of(TOWN, sourcing_rate),
    "supplier_suggestions": of(FIRM, supplier_suggestions, product=PRODUCT),
    "town_flow": of(TOWN, town_flow),
    "town_flow, products": of(TOWN, town_flow, by=FlowLevel.PRODUCT),
    "town_measures": of_all(town_measures, measure=TownMeasure.OUTPUT_VALUE),
    "town_measures, local": of_all(town_measures, measure=TownMeasure.LOCAL_SOURCING),
    "town_position": of(TOWN, town_position, cap=True),
    "trade_between_towns": of_all(trade_between_towns),
    "traders": of(PRODUCT, traders),
    "try_standard": of_all(try_standard, criteria=STANDARD, town=TOWN),
    "walk": of(FIRM, walk),
}
"""By the name of the function, and what of it is asked."""
