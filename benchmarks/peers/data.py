"""What the peers are asked about: the tables of `benchmarks.loading`, all flows of one year."""

import csv
from pathlib import Path

from benchmarks.answers import grown
from graph.kinds.credit_code import INVENTED_REGION, check_character, inner_check_character

YEAR = 2025
"""The only year of flows: with several, the newest counts, which `@neo4j/graphql` can't be told."""
MEMBERS = 100
FORMS = ("ENTERPRISE", "COOPERATIVE", "FAMILY_FARM", "SOLE_TRADER")
HEAD = "id,name,aliases,synthetic,form,uscc,address,longitude,latitude,foundedOn,stockCode"


def tables(folder: Path, organisations: int, flows: int) -> None:
    """Write the tables: each town has as many members, each organisation all its fields but the last day."""
    folder.mkdir()
    grown(folder, organisations, flows, towns=organisations // MEMBERS, years=(YEAR,))
    with (folder / "Organisation.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD.split(","), *map(_organisation, range(organisations))])


def identifier(number: int) -> str:
    """Name an organisation as `benchmarks.loading` does."""
    return f"org:{number:06}"


def founded(number: int) -> str:
    """Tell the day on which an organisation was founded."""
    return f"20{number % 25:02}-03-0{number % 9 + 1}"


def _organisation(n: int) -> tuple[object, ...]:
    inner = f"{n:08}"
    body = f"91{INVENTED_REGION}{inner}{inner_check_character(inner)}"
    return (
        identifier(n),
        f"第{n}机械制造有限公司",
        f"{n}厂",
        "true",
        FORMS[n // 25 % len(FORMS)],
        body + check_character(body),
        "定襄县",
        round(111 + n % 997 / 500, 3),
        round(35 + n % 991 / 300, 3),
        founded(n),
        f"{600_000 + n}",
    )
