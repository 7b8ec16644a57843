"""A single row of another year moves no answer that is asked without a year."""

from contextlib import asynccontextmanager

from api.http.list_books import Wanted, book
from graph.edits.lock import once
from graph.edits.upsert import RelationRow, merge_relations
from graph.kinds.relations import Supplies
from graph.store.cypher import compose
from graph.store.store import Statement
from graph.store.versions import versions

ENDS = "org:sample-dingxiang-flange-vessel-02", "org:tianbao-group"
KEY = "product:forging-blank|2042|-"
REMOVE = compose(
    "MATCH (:Organisation)-[r:{label} {{key: $key}}]->(:Organisation) DELETE r", label="SUPPLIES"
)
QUESTIONS = {
    "lookups": """{
        town(id: "town:dingxiang-flange") {
          status figure(metric: OUTPUT_VALUE) { value year }
          members(first: 5) {
            totalCount
            nodes { id figure(metric: REVENUE) { value year }
              suppliers(first: 5) { edges { year value node { id } } } } } }
        organisations(first: 5, where: {form: {eq: ENTERPRISE}}) { asOf totalCount nodes { id } }
        search(text: "法兰", first: 9) { id active } }""",
    "walks": """{ organisation(id: "org:tianbao-group") {
        upstream(depth: 2, maxNodes: 9) { asOf links { year value share stale } } } }""",
    "analyses": """{
        linkages(first: 5) { method { asOf } count rows { output } }
        organisationCounts(by: FORM, metric: REVENUE) { key count total }
        completeness(first: 3) { method { asOf } } }""",
    "town": """{ town(id: "town:dingxiang-flange") {
        localSourcing { whole { total } }
        circularity { method { asOf } }
        gaps(first: 5) { rows { product { id } state demand { total } } }
        checkup(standard: "standard:shanxi-recognition:2022") { outcome inWords } } }""",
    "what-if": """{ whatIf(edits: [{close: {organisation: "org:tianbao-group"}}]) { asOf
        linkages(first: 3) { before { count } after { count } changes { before after } } } }""",
}
FILES = "gaps", "promotion"


@asynccontextmanager
async def stray(service):
    """One supply line of 2042, as a mistyped cell leaves it; taken out again."""
    before = service.keeper.current.id.partition("-")[2]
    row = RelationRow(*ENDS, KEY, {"product": "product:forging-blank", "year": 2042, "value": 1.2e10})
    await service.store.write(once(await versions(service.store)), *merge_relations(Supplies, [row]))
    await service.keeper.refresh()
    try:
        yield
    finally:
        await service.store.write(once(await versions(service.store)), Statement(REMOVE, {"key": KEY}))
        await service.keeper.refresh()
    assert service.keeper.current.id.partition("-")[2] == before


async def answers(service):
    found = {name: await service.data(question) for name, question in QUESTIONS.items()}
    snapshot = service.keeper.current
    for name in FILES:
        written = book(snapshot, Wanted(name, {"town": "town:dingxiang-flange", "format": "csv"}))
        found[name] = written.content.decode().replace(snapshot.id, "")
    return found


async def test_a_mistyped_year_moves_no_default_answer(service):
    before = await answers(service)
    async with stray(service):
        assert await answers(service) == before
        assert service.keeper.current.newest_year == 2025
        assert service.keeper.current.year_rows[2042] == 1


async def test_the_snapshot_says_which_year_it_takes_and_why(service):
    asked = "{ snapshot { newestYear newestYearRule yearRows { year rows } } }"
    async with stray(service):
        said = (await service.data(asked))["snapshot"]
    assert said["newestYear"] == 2025
    assert "十分之一" in said["newestYearRule"]
    assert said["yearRows"][:3] == [
        {"year": 2042, "rows": 1},
        {"year": 2025, "rows": 2384 + 1110},  # SUPPLIES and Claim of the year
        {"year": 2024, "rows": 2287 + 1180},
    ]
