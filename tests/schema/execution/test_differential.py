"""Plans answer as graphql-core does: the same data, the same errors, for whatever may be asked of any graph.

`ZHENLIAN_PLAN_SEED` and `ZHENLIAN_PLAN_CASES` ask for others than the usual cases.
"""

import logging
import os
from itertools import product
from random import Random

import orjson
import pytest
from graphql import parse, validate

from queries.lookup.entries import index_of
from schema import schema
from schema.execution import documents
from schema.execution.answering import SERVED
from schema.language.context import Context
from schema.language.limits import Limits
from tests.schema.execution.documents import Documents
from tests.schema.execution.worlds import broken, random_graph

SEED = int(os.environ.get("ZHENLIAN_PLAN_SEED", "20261129"))
CASES = int(os.environ.get("ZHENLIAN_PLAN_CASES", "2000"))
ROUNDS, DRAWS = 40, 4
PLANNED: list[float] = []
"""The share of each round's cases that plans answered; the others had errors, which are graphql-core's."""
DEAR = {"loads", "analysisRuns", "cascadeRanking", "whatIf", "communities", "minimumBasis"}
"""What asks the store, or takes long; asked once below."""


class Keeping:
    """Holds one snapshot, as a keeper does that no store stands behind."""

    versions, masked = None, False

    def __init__(self, snapshot, index):
        self.current = self.whole = snapshot
        self.derived = index


async def answer(keeper, text, values, *, planned):
    documents.PLANNED = planned
    try:
        context = Context(None, keeper, limits=Limits(cost=10**9, depth=50, repeats=10**6, aliases=10**6))
        found = await schema.execute(text, variable_values=values, context_value=context)
    finally:
        documents.PLANNED = True
    errors = [(e.message, e.path, e.locations, {**e.extensions, "errorId": None}) for e in found.errors or []]
    if found.data is None and all(path for _, path, *_ in errors):
        errors = errors and ["some"]  # one of two root fields that fail makes all null: which one is a race
    return orjson.dumps([found.data, sorted(map(repr, errors))], default=str)


@pytest.fixture(autouse=True)
def silence():
    """What is broken on purpose fails by the thousand: its log would take longer than its answers."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("round", range(ROUNDS))
async def test_a_plan_answers_as_graphql_core_does(round):
    random = Random(f"{SEED}/{round}")  # noqa: S311 - cases, not secrets
    snapshot, ids = random_graph(random, random.randint(1, 5))
    index = index_of(snapshot)
    keepers = [Keeping(snapshot, index), Keeping(broken(random, snapshot), index)]
    write = Documents(schema._schema, random, ids, dear=DEAR)
    before, done = SERVED["plan"], 0
    while done < CASES // ROUNDS:
        text, draw = write.make()
        if validate(schema._schema, parse(text)):
            continue
        for keeper, values in product(keepers, [draw() for _ in range(DRAWS)]):
            done += 1
            ours = await answer(keeper, text, values, planned=True)
            theirs = await answer(keeper, text, values, planned=False)
            assert ours == theirs, f"seed {SEED}, round {round}, case {done}:\n{text}\n{values}"
    PLANNED.append((SERVED["plan"] - before) / done)


def test_enough_of_them_were_answered_by_plans():
    assert len(PLANNED) == ROUNDS
    assert sum(PLANNED) / ROUNDS > 0.3, "else nothing is shown"
