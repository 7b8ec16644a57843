"""What only organisations need: an id of their own when none is given, made from county, form and name."""

from hashlib import blake2b
from typing import Any
from unicodedata import normalize

_BRACKETS = str.maketrans("[{〔【〖「『<〈《]}〕】〗」』>〉》", "(" * 10 + ")" * 10)
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


def normalised(name: str) -> str:
    """Spell a name so that width, spaces and the shape of brackets make no difference.

    >>> normalised("天宝【集团】 公司") == normalised("天宝(集团)公司")
    True
    """
    return "".join(normalize("NFKC", name).translate(_BRACKETS).split())


def _county(values: dict[str, Any]) -> str | None:
    if region := values.get("region"):
        return region.partition(":")[2][:_COUNTY_DIGITS]
    if code := values.get("uscc"):
        return code[_REGION]
    return None
