"""The GraphQL language of the service: types and fields, no Cypher, no algorithms."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Put the schema together when it is first asked for: that takes a second, which few commands need."""
    if name != "schema":
        raise AttributeError(name)
    from schema.whole import schema  # noqa: PLC0415 - see above

    return schema
