"""Payloads of changes to the ledgers: the items as they are after it, and the entries of the record."""

import strawberry
from strawberry.types.field import StrawberryField as Field

from graph.edits.ledgers import Made
from graph.kinds.ledgers import LedgerEntry
from graph.kinds.stages import LEDGERS, Ledger
from schema.language.context import Info
from schema.language.nodes import TYPES, Named, Node, find

ENTRY = TYPES[LedgerEntry.label]


class Changed:
    """What a change did, shown from the snapshot that holds it."""

    def __init__(self, made: Made) -> None:
        self.made = made


async def _one(info: Info, id: str) -> Node | None:
    return await find(info, id)


def _payload(ledger: Ledger | None, *, several: bool) -> type[Changed]:
    """Make the type of what a change of a ledger answers; without a ledger, of any."""
    target = TYPES[ledger.kind.label] if ledger else Named

    async def item(root: Changed, info: Info) -> Node | None:
        return await _one(info, root.made.items[0])

    async def entry(root: Changed, info: Info) -> Node | None:
        return await _one(info, root.made.entries[0])

    async def items(root: Changed, info: Info) -> list[Node | None]:
        return [await _one(info, id) for id in root.made.items]

    async def entries(root: Changed, info: Info) -> list[Node | None]:
        return [await _one(info, id) for id in root.made.entries]

    def repeated(root: Changed) -> bool:
        return root.made.repeated

    label = ledger.kind.label if ledger else "LedgerItem"
    one = label[0].lower() + label[1:] if ledger else "item"
    fields: dict[str, Field] = {}
    if several:
        many = ledger.kind.plural if ledger else "items"
        fields[many] = strawberry.field(
            items, graphql_type=list[target | None], name=many, description="改后的事项，次序同所给"
        )
        fields["entries"] = strawberry.field(
            entries, graphql_type=list[ENTRY | None], description="各项的变更记录，次序同所给"
        )
    else:
        words = "改后的事项；空为登记已撤销" if ledger is None else "改后的事项"
        fields[one] = strawberry.field(item, graphql_type=target | None, name=one, description=words)
        fields["entry"] = strawberry.field(entry, graphql_type=ENTRY | None, description="变更记录")
    fields["repeated"] = strawberry.field(
        repeated, graphql_type=bool, description="此 requestId 先前已改过：这次没有再改"
    )
    title = f"{label}{'s' if several else ''}Payload"
    made = type(title, (Changed,), {"__module__": __name__, **fields})
    strawberry.type(made, description="一次台账变更的结果")
    made.__init__ = Changed.__init__
    return made


PAYLOADS = {ledger.name: _payload(ledger, several=False) for ledger in LEDGERS}
BULK = {ledger.name: _payload(ledger, several=True) for ledger in LEDGERS}
ANY = _payload(None, several=False)
