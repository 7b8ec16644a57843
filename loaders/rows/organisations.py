"""What only organisations need: an id when none is given, and a credit code that is no other's."""

from hashlib import blake2b
from typing import Any

from loaders.rows.draft import Draft
from loaders.rows.forms import normalised
from loaders.rows.references import References

_REGION = slice(2, 8)
_COUNTY_DIGITS = 6


def organisation_id(values: dict[str, Any]) -> str | None:
    """Make an id from what identifies an organisation without a code; None when its county is unknown.

    >>> organisation_id({"region": "region:140921", "form": "ENTERPRISE", "name": "天宝（集团）公司"})
    'org:0d4504c4d80f'
    """
    county = _county(values)
    if county is None:
        return None
    text = "\x1f".join((county, values["form"], normalised(values["name"])))
    return f"org:{blake2b(text.encode(), digest_size=6).hexdigest()}"


def identify(made: Draft, references: References) -> None:
    """Give an organisation its id when it has none, and see that its credit code is no other's."""
    values = made.values
    code = values.get("uscc")
    owner = references.owners.get(code) if code else None
    if "id" not in values:
        id = owner[0] if owner else organisation_id(values)
        if id is None:
            _unidentified(made)
            return
        stored = references.namesakes.get(values["name"], [])
        if stored and id not in stored:
            found = "、".join(sorted(stored))
            reason = f"库中已有同名的主体 {found}：是同一主体请在标识列填它，不是请另拟标识 org:…"
            made.refuse("id", "", reason)
            return
        values["id"] = id
    if owner and owner[0] != values["id"]:
        place = f"第 {owner[1]} 行的" if owner[1] else "库中的"
        made.refuse(
            "uscc", code, f"与{place}主体 {owner[0]} 的统一社会信用代码相同：请核对两者是否为同一主体"
        )
    elif code:
        references.owners[code] = (values["id"], made.line)


def _unidentified(made: Draft) -> None:
    """Refuse a row without id, region and code; where one of these can't be read, that is why."""
    told = [fault for fault in made.unread if fault.column in ("region", "uscc")]
    made.unread = [fault for fault in made.unread if fault not in told]
    made.faults += told
    if not told:
        made.refuse("region", "", "没有 id 时应填 region（所在县，如 region:140921）或 uscc，用来生成标识")


def _county(values: dict[str, Any]) -> str | None:
    if region := values.get("region"):
        return region.partition(":")[2][:_COUNTY_DIGITS]
    if code := values.get("uscc"):
        return code[_REGION]
    return None
