"""Lists ordered by a figure over GraphQL on both stores, beside the figures that each row itself tells."""

import pytest

LIST = """query($first: Int, $after: String, $last: Int, $before: String, $by: FigureOrder, $year: Int) {
    %s(first: $first, after: $after, last: $last, before: $before, orderByFigure: $by, asOf: $year) {
      totalCount unknownCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
      nodes { id figure(metric: %s, asOf: 2023) { value } %s } } }"""
TOWNS, FIRMS = LIST % ("towns", "OUTPUT_VALUE", "synthetic"), LIST % ("organisations", "REVENUE", "")


async def walked(service, asked, kind, *, backward=False, **given):
    """All rows of a list by its cursors, and what its last page says of the whole."""
    found, cursor = [], None
    while True:
        part = {"last": 7, "before": cursor} if backward else {"first": 7, "after": cursor}
        if kind == "organisations":
            part = {name: 100 if value == 7 else value for name, value in part.items()}
        page = (await service.data(asked, **part, **given))[kind]
        found = page["nodes"] + found if backward else found + page["nodes"]
        info = page["pageInfo"]
        if not info["hasPreviousPage" if backward else "hasNextPage"]:
            return found, page
        cursor = info["startCursor" if backward else "endCursor"]


def ordered(nodes, *, descending):
    """The order that is meant: known figures, then the unknown and invented ones, equals by their ids."""
    last = [n["id"] for n in nodes if n["figure"] is None or n.get("synthetic")]
    known = sorted((n["figure"]["value"], n["id"]) for n in nodes if n["id"] not in last)
    way = -1 if descending else 1
    return [id for _, id in known][::way] + sorted(last)[::way]


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("kind", "asked"), [("towns", TOWNS), ("organisations", FIRMS)])
async def test_a_list_is_ordered_by_a_figure_and_says_how_many_have_none(service, kind, asked, descending):
    metric = "OUTPUT_VALUE" if kind == "towns" else "REVENUE"
    by = {"metric": metric, "scope": "WHOLE", "year": 2023, "descending": descending}
    forward, page = await walked(service, asked, kind, by=by)
    backward, _ = await walked(service, asked, kind, by=by, backward=True)
    ids = [node["id"] for node in forward]
    assert ids == [node["id"] for node in backward]
    assert len(ids) == len(set(ids)) == page["totalCount"]
    assert ids == ordered(forward, descending=descending)
    lacking = sum(node["figure"] is None for node in forward)
    assert page["unknownCount"] == lacking
    assert 0 < lacking < len(ids)


async def test_without_a_year_the_figure_is_as_of_the_year_of_the_list(service):
    plain = await service.data(TOWNS, first=30, by={"metric": "OUTPUT_VALUE"}, year=2023)
    dated = await service.data(TOWNS, first=30, by={"metric": "OUTPUT_VALUE", "year": 2023}, year=2023)
    assert [n["id"] for n in plain["towns"]["nodes"]] == [n["id"] for n in dated["towns"]["nodes"]]


async def test_without_a_scope_towns_are_ranked_by_what_is_the_whole_or_stands_for_it(service):
    asked = """{ towns(first: 100, asOf: 2024, orderByFigure: {metric: OUTPUT_VALUE}) { unknownCount
        nodes { id synthetic headline(metric: OUTPUT_VALUE, asOf: 2024) { value scope reach } } } }"""
    page = (await service.data(asked))["towns"]
    for node in page["nodes"]:
        told = node["headline"]
        node["figure"] = told if told and told["reach"] == "SAME" else None
    known = [node for node in page["nodes"] if node["figure"] is not None]
    assert {node["figure"]["scope"] for node in known} == {"WHOLE", "CHAIN"}
    assert [node["id"] for node in page["nodes"]] == ordered(page["nodes"], descending=True)
    assert page["unknownCount"] == len(page["nodes"]) - len(known)


async def test_the_members_of_a_town_can_be_ordered_so_too(service):
    asked = """{ town(id: "town:dingxiang-flange") { members(first: 100, asOf: 2023,
        orderByFigure: {metric: REVENUE, scope: WHOLE}) { totalCount unknownCount
        nodes { id figure(metric: REVENUE, asOf: 2023) { value } } edges { node { id } } } } }"""
    members = (await service.data(asked))["town"]["members"]
    nodes = members["nodes"]
    assert [node["id"] for node in nodes] == ordered(nodes, descending=True)
    assert members["unknownCount"] == sum(node["figure"] is None for node in nodes)
    assert [edge["node"]["id"] for edge in members["edges"]] == [node["id"] for node in nodes]


async def test_an_order_and_a_filter_by_a_figure_go_together(service):
    asked = """{ towns(first: 100, asOf: 2023, where: {figure: {metric: OUTPUT_VALUE, gte: 1e9}},
        orderByFigure: {metric: OUTPUT_VALUE, descending: false}) { unknownCount
        nodes { synthetic headline(metric: OUTPUT_VALUE, asOf: 2023) { value } } } }"""
    page = (await service.data(asked))["towns"]
    values = [node["headline"]["value"] for node in page["nodes"] if not node["synthetic"]]
    assert values == sorted(values)
    assert len(values) > 1
    assert values[0] >= 1e9
    assert page["unknownCount"] == 0


@pytest.mark.parametrize(
    ("arguments", "argument", "message"),
    [
        (
            "orderBy: NAME_ASC, orderByFigure: {metric: REVENUE}",
            "orderBy",
            "orderBy、orderByFigure：只能给出其中一个",
        ),
        (
            "orderByFigure: {metric: REVENUE, year: 1066}",
            "orderByFigure.year",
            "orderByFigure.year：1066 不是可查询的年份：应在 1900 到 ",
        ),
    ],
)
async def test_a_wrong_order_is_refused(service, arguments, argument, message):
    ((code, where, said),) = await service.errors(f"{{ towns({arguments}) {{ totalCount }} }}")
    assert (code, where) == ("BAD_USER_INPUT", argument)
    assert said.startswith(message)


async def test_a_cursor_of_another_figure_is_refused(service):
    page = (await service.data(TOWNS, first=2, by={"metric": "REVENUE"}))["towns"]
    cursor = page["pageInfo"]["endCursor"]
    ((code, argument, message),) = await service.errors(
        TOWNS, first=2, after=cursor, by={"metric": "EMPLOYEES"}
    )
    assert (code, argument) == ("BAD_USER_INPUT", "after")
    assert "游标属于另一个列表" in message


async def test_kinds_without_figures_have_no_such_order(service):
    ((code, _, message),) = await service.errors(
        "{ products(orderByFigure: {metric: REVENUE}) { totalCount } }"
    )
    assert code == "BAD_USER_INPUT"
    assert "orderByFigure" in message
