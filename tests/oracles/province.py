"""What holds in a province in a year, row by row: plain lookups over nodes and relations, no arrays."""

from collections import defaultdict
from functools import cache

NEAR = ("TOWN", "COUNTY", "CITY", "PROVINCE", "COUNTRY", "ABROAD", "UNKNOWN")
LEVELS = ("COUNTY", "CITY", "PROVINCE")
FRESH = 3
"""A figure older than so many years says that there is a link, and no more."""


class Province:
    """The rows of a province that hold at the end of a year, looked up by id."""

    def __init__(self, nodes, relations, year) -> None:
        self.year = year
        self.nodes = {node.id: node for node in nodes}
        self.edges = defaultdict(list)
        for edge in relations:
            self.edges[edge.label].append(edge)
        self._sorted, self._bought = {}, None
        self.makers, self.local, self.place, self.above = map(
            cache, (self.makers, self.local, self.place, self.above)
        )
        last = f"{year}-12-31"
        self.titled = {
            edge.start
            for edge in self.edges["HOLDS"]
            if (edge.valid_from is None or str(edge.valid_from) <= last)
            and (edge.valid_to is None or str(edge.valid_to) > last)
        }

    @classmethod
    def of(cls, snapshot, year):
        """Read the rows out of a snapshot."""
        nodes = [snapshot.entity(row) for row in range(len(snapshot.index.ids))]
        relations = [
            snapshot.edge(label, place)
            for label, table in snapshot.relations.items()
            for place in range(len(table))
        ]
        return cls(nodes, relations, year)

    def ids(self, kind):
        """List the ids of a kind, smallest first."""
        return sorted(id for id in self.nodes if id.startswith(f"{kind}:"))

    def held(self, label, year=None, **ends):
        """List the relations of a label that hold at the end of a year, all or those of one end."""
        year = year or self.year
        if (label, year) not in self._sorted:
            kept = [edge for edge in self.edges[label] if self._holds(edge, year)]
            by = {"start": defaultdict(list), "end": defaultdict(list), None: kept}
            for edge in kept:
                by["start"][edge.start].append(edge)
                by["end"][edge.end].append(edge)
            self._sorted[label, year] = by
        found = self._sorted[label, year]
        for side, id in ends.items():
            return found[side][id]
        return found[None]

    def exists(self, id, year=None):
        """Tell whether an organisation exists at the end of a year."""
        node, last = self.nodes[id], f"{year or self.year}-12-31"
        begun = node.founded_on is None or str(node.founded_on) <= last
        return begun and (node.closed_on is None or str(node.closed_on) > last)

    def above(self, region, year):
        """List a region, or an industry, and all that it lies in."""
        found = [region]
        while len(found) < 9 and (up := self.held("PART_OF", year, start=found[-1])):
            found.append(up[-1].end)
        return found

    def place(self, organisation, year):
        """Tell the region of an organisation: of several the one that began last."""
        found = list(self.held("LOCATED_IN", year, start=organisation))
        found.sort(key=lambda edge: -(10**6) if edge.since is None else edge.since)
        return found[-1].end if found else None

    def local(self, town, organisation, year=None):
        """Tell whether an organisation is a member of the town, or is located in one of its regions."""
        year = year or self.year
        if any(e.end == town for e in self.held("MEMBER_OF", year, start=organisation)):
            return True
        where = self.place(organisation, year)
        regions = {e.end for e in self.held("LIES_IN", year, start=town)}
        return where is not None and not regions.isdisjoint(self.above(where, year))

    def near(self, town, organisation):
        """Tell the nearest word that fits."""
        if self.local(town, organisation):
            return "TOWN"
        where = self.place(organisation, self.year)
        if where is None:
            return "UNKNOWN"
        homes = {e.end for e in self.held("LIES_IN", start=town)}
        for level in LEVELS:
            ours = {r for home in homes for r in self.above(home, self.year) if self._level(r) == level}
            if any(self._level(r) == level and r in ours for r in self.above(where, self.year)):
                return level
        return "COUNTRY"

    def open(self, town, organisation):
        """Tell whether an organisation that is not local may be: in a region that holds one of the town's."""
        where = self.place(organisation, self.year)
        homes = {e.end for e in self.held("LIES_IN", start=town)}
        wider = {region for home in homes for region in self.above(home, self.year)} - homes
        return not self.local(town, organisation) and (where is None or where in wider)

    def makers(self, product, year=None):
        """List who makes a product in a year."""
        year = year or self.year
        dated = [e for e in self.held("MAKES", year, end=product) if (e.year or 0) <= year]
        return sorted({e.start for e in dated if self.exists(e.start, year)})

    def purchases(self):
        """List what is bought, the newest each: buyer, product, seller or None, origin or None, yuan."""
        if self._bought is None:
            self._bought = [*self._purchases()]
        return self._bought

    def own_use(self):
        """List what organisations supply to themselves, the newest each: organisation, product, yuan."""
        found = defaultdict(list)
        for edge in self.held("SUPPLIES"):
            if self.exists(edge.start) and edge.start == edge.end:
                found[edge.start, edge.product].append(edge)
        return [*self._newest(found)]

    def _purchases(self):
        found = defaultdict(list)
        for edge in self.held("SUPPLIES"):
            if self.exists(edge.start) and self.exists(edge.end) and edge.start != edge.end:
                found[edge.end, edge.product, edge.start, None].append(edge)
        for edge in self.held("NEEDS"):
            if self.exists(edge.start):
                found[edge.start, edge.end, None, edge.origin.value].append(edge)
        return self._newest(found)

    def _newest(self, found):
        for key, edges in found.items():
            dated = [edge for edge in edges if (edge.year or 0) <= self.year]
            if not dated:
                continue
            newest = max(dated, key=lambda edge: edge.year or 0)
            fresh = newest.year is None or self.year - newest.year <= FRESH
            yield *key, newest.value if fresh else None

    def revenue(self, organisation):
        """Tell the newest revenue up to the year, whole, and of no product; None: there is none."""
        stated = [
            node
            for id, node in self.nodes.items()
            if id.startswith("claim:")
            and node.subject == organisation
            and node.metric.value == "REVENUE"
            and node.scope.value == "WHOLE"
            and node.product is None
            and (node.year or 0) <= self.year
        ]
        return max(stated, key=lambda node: node.year or 0).value if stated else None

    def qualified(self, organisation):
        """Tell whether an organisation holds a valid qualification."""
        return organisation in self.titled

    def codes(self, label, **ends):
        """Collect the codes of the industries at the ends of a relation."""
        return {self.nodes[edge.end].code for edge in self.held(label, **ends)}

    def _level(self, region):
        return self.nodes[region].level.value

    @staticmethod
    def _holds(edge, year):
        begun = edge.since is None or edge.since <= year
        return begun and (edge.until is None or edge.until > year)
