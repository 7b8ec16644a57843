"""The six questions, in the service's GraphQL, in `@neo4j/graphql`'s, and as one Cypher statement each.

`@neo4j/graphql` and the statements know no years, masks or former ids: the data has one year of flows, so
that the rules leave all of it. Where `@neo4j/graphql` has two ways, it is given the one that costs it less
(lists with `limit` instead of connections, `offset` instead of cursors), and the walk as a statement in its
schema, because its language has none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, LiteralString

from benchmarks.peers.data import FORMS, MEMBERS, founded, identifier
from benchmarks.start import ask
from benchmarks.tables import Target

type Plain = dict[str, Any]
SETS = 40
"""Of how many sets of variables a question takes turns, at most."""
SCALARS = "id name aliases synthetic form uscc address longitude latitude foundedOn closedOn stockCode"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Variables:
    """The same question's variables for each way."""

    ours: Plain
    peer: Plain
    bare: Plain

    @classmethod
    def same(cls, **values: object) -> "Variables":
        """Give all ways the same."""
        return cls(values, values, values)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; the answer of each way is called `found`."""

    name: str
    ours: str
    peer: str
    bare: LiteralString
    sets: Callable[["Given"], Sequence[Variables]]
    ahead: float = 8
    """How many times as many requests a second as `@neo4j/graphql` it should answer."""
    cap: Target | None = None
    """Of the service's processor time for a request."""
    walk: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What the variables are chosen from."""

    organisations: int
    buyers: list[str]
    """Organisations with many suppliers, the few giants left out."""
    service: HTTPConnection


def _each(given: Given) -> list[Variables]:
    step = max(1, given.organisations // SETS)
    return [Variables.same(id=identifier(n)) for n in range(0, given.organisations, step)][:SETS]


def _buyers(given: Given) -> list[Variables]:
    """Half of them buy from many, half are ordinary ones."""
    some = [Variables.same(id=id) for id in given.buyers[: SETS // 2]]
    return some + _each(given)[1 : SETS - len(some)]  # the first is a giant


def _pages(given: Given) -> list[Variables]:
    """Follow the service's own cursors from page to page; the others go on where a page began."""
    found: list[Variables] = []
    after, name, id = None, "", ""
    for number in range(min(SETS, given.organisations // PAGE)):
        found.append(Variables({"after": after}, {"offset": number * PAGE}, {"name": name, "id": id}))
        text = (
            "query ($after: String) { organisations(first: 50, after: $after)"
            " { nodes { id name } pageInfo { endCursor } } }"
        )
        page: Any = ask(given.service, text, after=after)["organisations"]
        after, name, id = page["pageInfo"]["endCursor"], page["nodes"][-1]["name"], page["nodes"][-1]["id"]
    return found


def _towns(given: Given) -> list[Variables]:
    return [Variables.same(id=f"town:t{n}") for n in range(min(SETS, given.organisations // MEMBERS))]


def _filters(_: Given) -> list[Variables]:
    return [
        Variables.same(form=form, day=founded(n))
        for form in FORMS
        for n in range(0, 25, 25 * len(FORMS) // SETS)
    ]


QUESTIONS = (
    Question(
        "one organisation",
        f"query ($id: ID!) {{ found: organisation(id: $id) {{ {SCALARS} }} }}",
        f"query ($id: ID!) {{ found: organisations(where: {{id: {{eq: $id}}}}) {{ {SCALARS} }} }}",
        """
        MATCH (o:Organisation {id: $id})
        RETURN {id: o.id, name: o.name, aliases: o.aliases, synthetic: o.synthetic, form: o.form,
                uscc: o.uscc, address: o.address, longitude: o.longitude, latitude: o.latitude,
                foundedOn: toString(o.foundedOn), closedOn: toString(o.closedOn),
                stockCode: o.stockCode} AS found
        """,
        _each,
        ahead=1,
    ),
    Question(
        "page of 50",
        """
        query ($after: String) { found: organisations(first: 50, after: $after, orderBy: NAME_ASC) { nodes {
          id name form towns(first: 2) { nodes { id name } } makes(first: 5) { nodes { id name } } } } }
        """,
        """
        query ($offset: Int) {
          found: organisations(limit: 50, offset: $offset, sort: [{name: ASC}, {id: ASC}]) {
          id name form towns(limit: 2, sort: [{name: ASC}, {id: ASC}]) { id name }
          makes(limit: 5, sort: [{name: ASC}, {id: ASC}]) { id name } } }
        """,
        """
        MATCH (o:Organisation) WHERE o.name >= $name AND (o.name > $name OR o.id > $id)
        WITH o ORDER BY o.name, o.id LIMIT 50
        WITH {id: o.id, name: o.name, form: o.form,
              towns: COLLECT { MATCH (o)-[:MEMBER_OF]->(t:Town) WITH t ORDER BY t.name, t.id LIMIT 2
                               RETURN {id: t.id, name: t.name} },
              makes: COLLECT { MATCH (o)-[:MAKES]->(p:Product) WITH p ORDER BY p.name, p.id LIMIT 5
                               RETURN {id: p.id, name: p.name} }} AS row
        RETURN collect(row) AS found
        """,
        _pages,
    ),
    Question(
        "two hops",
        """
        query ($id: ID!) { found: organisation(id: $id) { id name
          suppliers(first: 10, orderByRelation: VALUE_DESC) { edges { value year product { id } node { id name
            suppliers(first: 10, orderByRelation: VALUE_DESC) { edges { value year product { id }
              node { id name } } } } } } } }
        """,
        """
        query ($id: ID!) { found: organisations(where: {id: {eq: $id}}) { id name
          suppliers: suppliersConnection(first: 10, sort: [{edge: {value: DESC}}]) { edges {
            properties { value year product } node { id name
              suppliers: suppliersConnection(first: 10, sort: [{edge: {value: DESC}}]) { edges {
                properties { value year product } node { id name } } } } } } } }
        """,
        """
        MATCH (o:Organisation {id: $id})
        RETURN {id: o.id, name: o.name, suppliers: COLLECT {
          MATCH (o)<-[r:SUPPLIES]-(s:Organisation) WITH r, s ORDER BY r.value DESC LIMIT 10
          RETURN {value: r.value, year: r.year, product: r.product, id: s.id, name: s.name,
                  suppliers: COLLECT {
            MATCH (s)<-[q:SUPPLIES]-(t:Organisation) WITH q, t ORDER BY q.value DESC LIMIT 10
            RETURN {value: q.value, year: q.year, product: q.product, id: t.id, name: t.name} }} }} AS found
        """,
        _buyers,
    ),
    Question(
        "town of 100 members",
        """
        query ($id: ID!) { found: town(id: $id) { id name level status members(first: 100) { nodes {
          id name form uscc address longitude latitude foundedOn
          suppliers(first: 5, orderByRelation: VALUE_DESC) { edges { value year product { id } node {
            id name form uscc address longitude latitude foundedOn
            towns(first: 2) { nodes { id name } } } } } } } } }
        """,
        """
        query ($id: ID!) { found: towns(where: {id: {eq: $id}}) { id name level status
          members(limit: 100, sort: [{name: ASC}, {id: ASC}]) {
            id name form uscc address longitude latitude foundedOn
            suppliers: suppliersConnection(first: 5, sort: [{edge: {value: DESC}}]) { edges {
              properties { value year product } node {
                id name form uscc address longitude latitude foundedOn
                towns(limit: 2, sort: [{name: ASC}, {id: ASC}]) { id name } } } } } } }
        """,
        """
        MATCH (t:Town {id: $id})
        RETURN {id: t.id, name: t.name, level: t.level, status: t.status, members: COLLECT {
          MATCH (t)<-[:MEMBER_OF]-(o:Organisation) WITH o ORDER BY o.name, o.id LIMIT 100
          RETURN {id: o.id, name: o.name, form: o.form, uscc: o.uscc, address: o.address,
                  longitude: o.longitude, latitude: o.latitude, foundedOn: toString(o.foundedOn),
                  suppliers: COLLECT {
            MATCH (o)<-[r:SUPPLIES]-(s:Organisation) WITH r, s ORDER BY r.value DESC LIMIT 5
            RETURN {value: r.value, year: r.year, product: r.product, id: s.id, name: s.name, form: s.form,
                    uscc: s.uscc, address: s.address, longitude: s.longitude, latitude: s.latitude,
                    foundedOn: toString(s.foundedOn), towns: COLLECT {
              MATCH (s)-[:MEMBER_OF]->(u:Town) WITH u ORDER BY u.name, u.id LIMIT 2
              RETURN {id: u.id, name: u.name} }} }} }} AS found
        """,
        _towns,
        cap=Target("measured", "≤", 6),
    ),
    Question(
        "filtered count and 10",
        """
        query ($form: OrganisationForm!, $day: Date!) {
          found: organisations(first: 10, orderBy: NAME_ASC,
            where: {form: {eq: $form}, foundedOn: {gte: $day}}) {
            totalCount nodes { id name foundedOn } } }
        """,
        """
        query ($form: String!, $day: Date!) {
          found: organisationsConnection(first: 10, sort: [{name: ASC}, {id: ASC}],
            where: {form: {eq: $form}, foundedOn: {gte: $day}}) {
              totalCount edges { node { id name foundedOn } } } }
        """,
        """
        MATCH (o:Organisation) WHERE o.form = $form AND o.foundedOn >= date($day)
        WITH collect(o) AS found
        RETURN {total: size(found), rows: COLLECT { UNWIND found AS o WITH o ORDER BY o.name, o.id LIMIT 10
                RETURN {id: o.id, name: o.name, foundedOn: toString(o.foundedOn)} }} AS found
        """,
        _filters,
    ),
    Question(
        "three hops, counted",
        """
        query ($id: ID!) { found: organisation(id: $id) { id
          upstream(depth: 3, maxNodes: 5000) { count } } }
        """,
        "query ($id: ID!) { found: organisations(where: {id: {eq: $id}}) { id upstream } }",
        """
        MATCH (o:Organisation {id: $id})
        OPTIONAL MATCH (o)<-[:SUPPLIES*1..3]-(s) WHERE s <> o
        WITH o, count(DISTINCT s) AS upstream
        RETURN {id: o.id, upstream: upstream} AS found
        """,
        _buyers,
        ahead=3,
        walk=True,
    ),
)


def canonical(found: Any) -> Any:
    """Reduce an answer in either GraphQL to what the statement returns."""
    if isinstance(found, list):
        return [canonical(part) for part in found]
    if not isinstance(found, dict):
        return found
    if found.keys() == {"count"}:  # a walk: it counts where it starts too
        return found["count"] - 1
    if found.keys() == {"id"}:
        return found["id"]
    rows = found.get("nodes")
    if "edges" in found:
        rows = [{**edge, **edge.get("properties", {}), **edge["node"]} for edge in found["edges"]]
        rows = [
            {name: part for name, part in row.items() if name not in {"node", "properties"}} for row in rows
        ]
    if rows is None:
        return {name: canonical(part) for name, part in found.items()}
    plain = canonical(rows)
    return {"total": found["totalCount"], "rows": plain} if "totalCount" in found else plain
