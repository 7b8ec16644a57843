"""What some rows say of themselves, as docs/reference/graphql.md (Provenance) defines it: row by row."""

YEAR, FRESH = 2024, 3


class Resting:
    """The rows of a province, with what is invented among them."""

    def __init__(self, rows) -> None:
        self.nodes = {node.id: node for node in rows.nodes}

    def provenance(self, relations, claims):
        """What an answer says that was made from some relations and claims."""
        rows = [*relations, *claims]
        made_up = [row for row in rows if self.made_up(row)]
        weights, basis = self._weights(relations, claims)
        total = sum(weight for _, weight in weights)
        share = sum(weight for row, weight in weights if self.made_up(row)) / total if total else None
        years = [year for row in rows if (year := getattr(row, "year", None)) is not None]
        return {
            "rows": len(rows),
            "invented": len(made_up),
            "invented_share": share,
            "weighed_by": basis,
            "oldest_year": min(years, default=None),
            "undated": sum(getattr(row, "year", None) is None and self._begun(row) is None for row in rows),
            "source_count": len({row.source for row in rows if row.source}),
        }

    def made_up(self, row):
        """Whether a row is marked, or refers to what is."""
        named = [getattr(row, name, None) for name in ("start", "end", "product", "subject", "source")]
        return getattr(row, "synthetic", False) or any(id and self.nodes[id].synthetic for id in named)

    def _weights(self, relations, claims):
        """Weigh by supply and outside purchases, else by claims of one metric, else by rows."""
        valued = [row for row in relations if row.label in {"SUPPLIES", "NEEDS"} and row.value is not None]
        fresh = [(row, row.value) for row in valued if row.year is None or YEAR - row.year <= FRESH]
        if sum(value for _, value in fresh):
            return fresh, "SUPPLY_VALUE"
        if claims and not relations and len({claim.metric for claim in claims}) == 1:
            return [(claim, claim.value) for claim in claims], "CLAIM_VALUE"
        return [(row, 1) for row in (*relations, *claims)], "ROWS"

    @staticmethod
    def _begun(row):
        return getattr(row, "since", None) or getattr(row, "valid_from", None)
