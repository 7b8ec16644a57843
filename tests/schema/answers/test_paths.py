"""Paths between two organisations, asked through the schema."""

import csv
from pathlib import Path

import networkx as nx
import pytest

TABLES = Path(__file__).parents[3] / "loaders" / "shanxi" / "tables"
ENDS = {"from": "org:tianbao-group", "to": "org:sample-yanhu-pump-leader-01"}
PATHS = """query (
  $from: ID!, $to: ID!, $kinds: [RelationKind!]! = [SUPPLY], $k: Int! = 3, $longest: Int! = 6
) {
  paths(from: $from, to: $to, kinds: $kinds, k: $k, longest: $longest, asOf: 2024) {
    shortest more longer unknownReason
    paths { length nodes { id } steps { links { product { id } source { id } } } }
  }
}"""


def supply():
    """Who trades with whom in 2024 by the demo's own table, either way."""
    with (TABLES / "SUPPLIES.csv").open(encoding="utf-8") as file:
        flows = [r for r in csv.DictReader(file) if not r["year"] or int(r["year"]) <= 2024]
    held = [r for r in flows if (r["since"] or "0") <= "2024" and (r["until"] or "9") > "2024"]
    return nx.Graph((r["from"], r["to"]) for r in held)


async def test_both_ways_are_the_same_paths(service):
    there = (await service.data(PATHS, **ENDS))["paths"]
    back = (await service.data(PATHS, **{"from": ENDS["to"], "to": ENDS["from"]}))["paths"]
    assert there["shortest"] == back["shortest"] == nx.shortest_path_length(supply(), *ENDS.values())
    nodes = [[node["id"] for node in path["nodes"]] for path in there["paths"]]
    assert all((path[0], path[-1]) == tuple(ENDS.values()) for path in nodes)
    assert [path[::-1] for path in nodes] == [[n["id"] for n in path["nodes"]] for path in back["paths"]]
    links = [link for path in there["paths"] for step in path["steps"] for link in step["links"]]
    assert {link["source"]["id"] for link in links} == {"source:synthetic"}
    assert all(link["product"] for link in links)


@pytest.mark.parametrize(
    ("bad", "code", "argument"),
    [
        ({"from": "org:nobody"}, "NOT_FOUND", "from"),
        ({"to": "town:dingxiang-flange"}, "BAD_USER_INPUT", "to"),
        ({"to": "org:tianbao-group"}, "BAD_USER_INPUT", "to"),
        ({"kinds": []}, "BAD_USER_INPUT", "kinds"),
        ({"k": 51}, "BAD_USER_INPUT", "k"),
        ({"longest": 9}, "BAD_USER_INPUT", "longest"),
    ],
)
async def test_bad_arguments_are_named(service, bad, code, argument):
    ((found, named, message),) = await service.errors(PATHS, **{**ENDS, **bad})
    assert (found, named) == (code, argument)
    name, value = next(iter(bad.items()))
    assert message.startswith(f"{name}：")
    assert str(value or "空") in message


async def test_what_if_the_middle_is_closed(service):
    before = (await service.data(PATHS, **ENDS))["paths"]["paths"][0]
    middle = before["nodes"][1]["id"]
    query = """query ($id: ID!, $from: ID!, $to: ID!) {
      whatIf(edits: [{close: {organisation: $id}}], asOf: 2024) {
        paths(from: $from, to: $to) {
          after { paths { nodes { id } } } changes(first: 1000) { field about { id } after }
        }
        organisationPathsTo(id: $id, to: $to) { before { shortest } after { shortest } }
      }
    }"""
    found = (await service.data(query, id=middle, **ENDS))["whatIf"]
    assert all(middle not in [n["id"] for n in path["nodes"]] for path in found["paths"]["after"]["paths"])
    gone = [row for row in found["paths"]["changes"] if row["field"] == "paths.steps.value"]
    assert {"field", "about", "after"} == set(gone[0])
    assert any(middle in [n["id"] for n in row["about"]] and row["after"] is None for row in gone)
    assert found["organisationPathsTo"]["before"]["shortest"]
    assert found["organisationPathsTo"]["after"] is None
