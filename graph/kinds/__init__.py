"""The vocabulary: every kind of node and relation, every closed list and metric, written once with its words.

Constraints, loaders, export, templates and GraphQL types are all made from these classes.
"""

from graph.kinds import entities, facts, ledgers, papers, relations
from graph.kinds.columns import Id
from graph.kinds.entities import Entity, Node
from graph.kinds.relations import Relation

NODES: tuple[type[Node], ...] = (
    entities.Region,
    entities.Industry,
    entities.Chain,
    entities.Product,
    entities.Town,
    entities.Organisation,
    papers.Qualification,
    papers.Policy,
    papers.Benefit,
    papers.Standard,
    ledgers.Project,
    ledgers.Problem,
    ledgers.Task,
    ledgers.Notice,
    ledgers.Lead,
    facts.Source,
    facts.Claim,
    facts.Ruling,
    ledgers.LedgerEntry,
)
"""What tables may hold, in the order they are loaded."""

BOOKS: tuple[type[Node], ...] = (facts.Load, facts.AnalysisRun)
"""What the service writes about itself; no table may."""

RELATIONS: tuple[type[Relation], ...] = (
    relations.PartOf,
    relations.LiesIn,
    relations.SpecialisesIn,
    relations.Follows,
    relations.LocatedIn,
    relations.EngagesIn,
    relations.ClassifiedAs,
    relations.MemberOf,
    relations.Leads,
    relations.Supplies,
    relations.Makes,
    relations.Needs,
    relations.InputOf,
    relations.StepOf,
    relations.Holds,
    relations.Owns,
    relations.AlliedWith,
    relations.Offers,
    relations.AppliesIn,
    relations.Favours,
    relations.Targets,
    relations.Received,
    relations.OfTown,
    relations.Concerns,
    relations.Fills,
    relations.ResponsibleFor,
)

NODE_OF: dict[str, type[Node]] = {kind.label: kind for kind in (*NODES, *BOOKS)}
RELATION_OF: dict[str, type[Relation]] = {kind.label: kind for kind in RELATIONS}
_OF_PREFIX = {kind.prefix: kind for kind in (*NODES, *BOOKS)}


def kind_of(id: str) -> type[Node] | None:
    """The kind of an id by its prefix; None when no kind has it.

    >>> kind_of("town:dingxiang-flange").label
    'Town'
    """
    return _OF_PREFIX.get(id.partition(":")[0])


__all__ = [
    "BOOKS",
    "NODES",
    "NODE_OF",
    "RELATIONS",
    "RELATION_OF",
    "Entity",
    "Id",
    "Node",
    "Relation",
    "kind_of",
]
