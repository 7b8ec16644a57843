"""What every answer rests on: without the invented it is that of the real rows; what moves it was counted."""

import inspect
import re
from dataclasses import fields, replace
from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries
from graph.errors import ChainError
from graph.snapshot.invented import without_invented
from queries.answer import Answer, Later
from queries.parameters import PARAMETERS, WEIGHT
from queries.provenance import provenance
from tests.oracles.economy import own_rule
from tests.oracles.resting import Resting
from tests.queries.networks import YEAR
from tests.queries.provinces import Rows, provinces
from tests.queries.questions import QUESTIONS

random_provinces = settings(deadline=None, max_examples=8)
OTHERWISE = {
    "all_benefits": "of benefits",
    "backtest": "two years of it",
    "checkup": "as try_standard",
    "checkups": "as try_standard",
    "esri_profile": "of a stored run",
    "paths_to": "as paths",
    "identity_proposals": "of names",
    "benefit_organisations": "of benefits, beside a plain oracle in tests/queries/policies",
    "card": "of compare",
    "compare": "of answers to other questions",
    "evaluation_card": "as try_ranking",
    "facts_to_collect": "of benefits",
    "ledger_page": "of a day",
    "notice_drafts": "as try_ranking",
    "organisation_briefing": "of answers to other questions",
    "organisation_benefits": "of benefits",
    "plan": "of a day",
    "policy_benefits": "of benefits",
    "policy_coverage": "of benefits",
    "ranking": "as try_ranking",
    "responsibility": "of a day",
    "same_as": "of names",
    "same_as_all": "of names",
    "tier": "by a standard of classes, beside a plain oracle in tests/queries/growth",
    "town_benefits": "of benefits",
    "town_briefing": "of answers to other questions",
    "try_ranking": "by a set of indicators, beside a plain oracle in tests/queries/evaluation",
    "unclaimed_of_policy": "of benefits",
    "unclaimed_of_town": "of benefits",
    "what_it_takes": "of benefits",
}
"""Questions that are not asked here, and why."""
MASKED = "真实数据（虚构样例已略去）中"
"""How a refusal names a graph whose invented rows are left out."""
RESTS_ON_NOTHING = {"completeness", "town_completeness"}
"""Questions about what is not on record."""
CLOSED = ("traders", "product_walk", "sourcing_rate", "single_sourced", "walk")
"""Questions of what is on record of their subject alone: others compare it with all there is besides."""


def told(answer):
    """Write out what an answer says, with lists that are made when looked at; a refusal is an answer too."""
    if isinstance(answer, ChainError):
        return f"{type(answer).__name__} {answer}".replace(MASKED, "图中")
    method = replace(answer.method, snapshot=None, real_only=False)
    cells = {one.name: getattr(answer, one.name) for one in fields(answer) if one.name != "asked"} | {
        "method": method
    }
    return {name: repr([*cell]) if isinstance(cell, Later) else repr(cell) for name, cell in cells.items()}


def asked(snapshot, names=tuple(QUESTIONS)):
    """Ask questions; a refusal stands for its answer."""
    found = {}
    for name in names:
        try:
            found[name] = QUESTIONS[name](snapshot)
        except ChainError as error:
            found[name] = error
    return found


def test_every_question_is_asked_here():
    modules = [import_module(one.name) for one in walk_packages(queries.__path__, "queries.")]
    found = {
        name
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and isinstance(made := inspect.signature(function).return_annotation, type)
        and issubclass(made, Answer)
    }
    assert found == {name.split(",")[0] for name in QUESTIONS} | {*OTHERWISE}


@random_provinces
@given(provinces(marked=True))
def test_real_only_is_the_answer_of_a_graph_without_the_invented(rows):
    shown, built = without_invented(rows.snapshot()), rows.real().snapshot()
    assert shown.index.ids.tolist() == built.index.ids.tolist()
    ours, theirs = asked(shown), asked(built)
    assert [name for name in QUESTIONS if told(ours[name]) != told(theirs[name])] == []


@random_provinces
@given(provinces(marked=True))
def test_every_parameter_has_a_name_for_people(rows):
    answers = [one for one in asked(rows.snapshot()).values() if not isinstance(one, ChainError)]
    names = {name for answer in answers for name in answer.method.parameters}
    assert {name for name in names if not name.startswith(WEIGHT)} - PARAMETERS.keys() == set()


@random_provinces
@given(provinces(marked=True))
def test_every_answer_says_what_it_rests_on(rows):
    snapshot, plain = rows.snapshot(), Resting(rows)
    for name, answer in asked(snapshot).items():
        if isinstance(answer, ChainError) or name in RESTS_ON_NOTHING:
            continue
        if answer.method.used is None:
            assert answer.unknown_reason, name
            continue
        used = answer.method.used()
        found = provenance(snapshot, used, YEAR)
        relations = {
            (label, int(place)): snapshot.edge(label, int(place))
            for label, places in used.relations.items()
            for place in places
        }
        claims = {
            int(place): snapshot.entity(snapshot.nodes["Claim"].first + int(place)) for place in used.claims
        }
        true = plain.provenance([*relations.values()], [*claims.values()])
        assert found.weighed_by.value == true.pop("weighed_by"), name
        assert {key: getattr(found, key) for key in true} == pytest.approx(true), name


ROWS = ("SUPPLIES", "NEEDS", "MAKES", "STEP_OF", "INPUT_OF", "FOLLOWS", "LEADS", "HOLDS", "Claim")
"""What counts as a row; the frame of a question is where and in which industry somebody is."""


PLACES = re.compile(r"(edge|place|claim)=\d+")


def said(answer):
    """What an answer says of its subject: no method, no places of rows, and not whose own somebody is."""
    found = told(answer)
    if isinstance(found, str):
        return found
    return {
        name: PLACES.sub("", cell)
        for name, cell in found.items()
        if name not in {"method", "own", "unknown_reason"}
    }


@settings(deadline=None, max_examples=30)
@given(provinces(), st.sampled_from(ROWS), st.randoms(use_true_random=False))
def test_a_row_that_moves_an_answer_about_one_is_one_that_it_rests_on(rows, label, random):
    held = [one for one in (*rows.relations, *rows.nodes) if one.label == label]
    if not held:
        return
    row = random.choice(held)
    fewer = Rows(rows.nodes, [one for one in rows.relations if one is not row])
    if label == "Claim":
        doubled = [replace(one, value=2 * one.value) if one is row else one for one in rows.nodes]
        fewer = Rows(doubled, rows.relations)
    if owners(fewer.plain()) != owners(rows.plain()):
        return
    snapshot = rows.snapshot()
    before, after = asked(snapshot, CLOSED), asked(fewer.snapshot(), CLOSED)
    moved = [name for name in CLOSED if said(before[name]) != said(after[name])]
    assert [one for one in moved if not rests_on(snapshot, before[one], row)] == [], label


def owners(plain):
    """Whose own every organisation is, and by which rule."""
    return [(town, org, own_rule(plain, town, org)) for town in plain.ids("town") for org in plain.ids("org")]


def rests_on(snapshot, answer, row):
    """Whether a row is one of those that an answer says it was made from."""
    if isinstance(answer, ChainError) or answer.method.used is None:
        return False
    used = answer.method.used()
    if row.label == "Claim":
        claims = snapshot.nodes["Claim"]["id"].tolist()
        return row.id in {claims[place] for place in used.claims.tolist()}
    places = used.relations.get(row.label, ())
    return any(snapshot.edge(row.label, int(place)) == row for place in places)
