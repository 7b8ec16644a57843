"""The published schema: what is committed is what runs, and every word of it is Chinese."""

import re
from pathlib import Path

import strawberry
from graphql import (
    build_schema,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    is_object_type,
    is_scalar_type,
    print_schema,
)

from schema import schema

SDL = Path(__file__).parents[3] / "schema" / "schema.graphql"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_committed_schema_is_the_one_that_runs():
    assert SDL.read_text("utf-8") == schema.as_str() + "\n"


def test_its_layout_loses_nothing():
    whole = strawberry.Schema.as_str(schema)
    assert schema.as_str().count("\n") < whole.count("\n")
    assert print_schema(build_schema(schema.as_str())) == print_schema(build_schema(whole))


def test_everything_is_described_in_chinese():
    silent = []
    built = build_schema(SDL.read_text("utf-8"))
    for name, kind in built.type_map.items():
        if name.startswith("__") or is_scalar_type(kind):
            continue
        silent += [] if CHINESE.search(kind.description or "") else [name]
        if is_enum_type(kind):
            silent += [
                f"{name}.{v}" for v, d in kind.values.items() if not CHINESE.search(d.description or "")
            ]
            continue
        for field_name, field in getattr(kind, "fields", {}).items():
            if not CHINESE.search(field.description or ""):
                silent.append(f"{name}.{field_name}")
            if is_object_type(kind):
                silent += [
                    f"{name}.{field_name}({a})"
                    for a, d in field.args.items()
                    if not CHINESE.search(d.description or "")
                ]
        assert is_input_object_type(kind) or kind.fields
    assert silent == []


def test_every_list_has_edges_with_nodes_and_the_nodes_themselves():
    built = build_schema(SDL.read_text("utf-8"))
    lists = [kind for name, kind in built.type_map.items() if name.endswith("Connection")]
    assert len(lists) > 40
    for made in lists:
        edge = get_named_type(made.fields["edges"].type)
        assert {"edges", "nodes", "pageInfo", "totalCount", "unknownCount", "asOf"} == set(made.fields)
        assert str(edge.fields["cursor"].type) == "String!"
        assert str(made.fields["nodes"].type) == f"[{edge.fields['node'].type}]!"
