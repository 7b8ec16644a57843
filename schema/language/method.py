"""How an answer was computed, as every answer of an analysis shows it."""

from typing import Any

import orjson
import strawberry

from queries.answer import Method
from schema.language.publish import Shown, published
from schema.language.reproduce import reproduced
from schema.language.results import result_type, value_field
from schema.language.snapshots import SnapshotInfo, told


@strawberry.type(description="一个参数及其取值（含默认值）")
class Parameter:
    """A parameter of an analysis."""

    name: str = strawberry.field(description="参数名")
    value: str = strawberry.field(description="取值（JSON）")


def _parameters(root: Shown[Method]) -> list[Parameter]:
    given = sorted(root.found.parameters.items())
    return [Parameter(name=name, value=orjson.dumps(value).decode()) for name, value in given]


def _snapshot(root: Shown[Method]) -> SnapshotInfo:
    return told(root.found.snapshot or root.snapshot.origin, root.snapshot)


def _query(root: Shown[Method]) -> str | None:
    return None if root.asked is None else reproduced(*root.asked)


MethodType = published(
    Method,
    snapshot=strawberry.field(_snapshot, description="所依据的快照"),
    parameters=strawberry.field(_parameters, description="全部参数"),
    query=strawberry.field(_query, description="重现此答案的查询；空为无（如假设情景之内）"),
)


def method_field() -> Any:
    """Make the field that says how an answer was computed."""

    def resolve(root: Any) -> Any:
        return MethodType(root.found.method, root.snapshot, root.asked)

    resolve.__annotations__["return"] = MethodType
    return strawberry.field(resolve, description="怎样算出")


def answer_type(title: str, words: str, /, **fields: Any) -> Any:
    """Make the type of an analysis' answer: with its method, and the reason when it is not known."""
    unknown = value_field("答不出的原因；空为已答", str | None, lambda found: getattr(found, "unknown", None))
    return result_type(title, words, method=method_field(), unknown=unknown, asked=None, **fields)
