"""Evidence of an investment lead: what the candidates' list said of a firm on the day the lead was made."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import orjson

from graph.snapshot.snapshot import Snapshot
from queries.provenance import provenance
from queries.sourcing.candidates import MOST, Candidate, Candidates, candidates


def evidence(  # noqa: PLR0913 - what is asked
    snapshot: Snapshot, town: str, *, product: str, organisation: str, as_of: int, on: date
) -> str:
    """Write a firm's row among the candidates of a gap as JSON, to be kept as it is.

    Firms are named by their ids: what hides persons hides them here too. A firm that is not among the
    candidates is said not to be. Raises NotFound for an unknown town or product.
    """
    found = candidates(snapshot, town, product=product, as_of=as_of, first=MOST)
    row = snapshot.find(organisation)
    lists: tuple[tuple[str, Sequence[Candidate], int], ...] = (
        ("candidates", found.rows, found.count),
        ("local", found.local, found.local_count),
        ("convertible", found.convertible, found.convertible_count),
    )
    place = next(
        ((name, n, one, of) for name, some, of in lists for n, one in enumerate(some, 1) if one.row == row),
        None,
    )
    said: dict[str, Any] = {
        "on": on.isoformat(),
        "asOf": as_of,
        "town": town,
        "product": product,
        "organisation": organisation,
        "formula": found.method.formula,
        "formulaVersion": found.method.version,
        "snapshot": snapshot.origin.id,
        "dataVersion": snapshot.origin.version,
        "parameters": dict(found.method.parameters),
        "provenance": _rests_on(snapshot, found),
    }
    if place is None:
        said["note"] = f"登记时不在前 {MOST} 个候选者之列"
    else:
        name, rank, one, of = place
        said |= {"list": name, "rank": rank, "of": of, "row": _row(snapshot, one)}
    return orjson.dumps(said, default=str).decode()


def _rests_on(snapshot: Snapshot, found: Candidates) -> dict[str, Any] | None:
    method = found.method
    if method.used is None:
        return None
    rests = provenance(snapshot, method.used(), method.as_of)
    return {"rows": rests.rows, "invented": rests.invented, "words": rests.in_words}


def _row(snapshot: Snapshot, one: Candidate) -> dict[str, Any]:
    return {
        "evidence": [kind.value for kind in one.evidence],
        "score": one.score,
        "parts": {part.part.value: part.value for part in one.parts},
        "proximity": one.proximity.value,
        "qualifications": [snapshot.id_of(row) for row in one.qualifications],
        "revenue": one.revenue,
        "claim": None if one.claim is None else snapshot.id_of(one.claim),
        "ties": asdict(one.ties),
        "capacity": one.capacity,
        "output": one.output,
        "spare": one.spare,
        "nearProduct": None if one.near_product is None else snapshot.id_of(one.near_product),
    }
