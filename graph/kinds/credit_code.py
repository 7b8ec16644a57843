"""The unified social credit code of GB 32100-2015: what makes one wrong, and what makes one doubtful."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Its 31 characters: no I, O, S, V, Z."""
LENGTH = 18
INVENTED_REGION = "149999"
"""Never assigned: the registering office in the codes of invented demo rows."""

_WEIGHTS = tuple(pow(3, i, 31) for i in range(LENGTH - 1))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CLASSES = {
    "1": "1239",  # 机构编制: 机关、事业单位、群众团体、其他
    "2": "19",  # 外交
    "3": "123459",  # 司法行政
    "4": "19",  # 文化
    "5": "12349",  # 民政: 社会团体、民办非企业单位、基金会、基层群众性自治组织、其他
    "6": "129",  # 旅游
    "7": "129",  # 宗教
    "8": "19",  # 工会
    "9": "123",  # 市场监管: 企业、个体工商户、农民专业合作社
    "A": "19",  # 军队
    "N": "1239",  # 农业: 组、村、乡镇集体经济组织、其他
    "Y": "1",  # 其他
}
_PROVINCES = {
    "1": "012345",
    "2": "123",
    "3": "1234567",
    "4": "123456",
    "5": "01234",
    "6": "12345",
    "7": "1",
    "8": "12",
}
"""First digit of a region: the second ones in use; 10 is the national office."""


def check_character(body: str) -> str:
    """Compute the 18th character from the first 17.

    (31 − Σ 3^(i−1)·value(i) mod 31) mod 31, read in the alphabet.

    >>> check_character("91110000600037341")
    'L'
    """
    total = sum(w * ALPHABET.index(c) for w, c in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total % 31]


def inner_check_character(body: str) -> str:
    """Compute the 9th character of an organisation code (GB 11714) from its first 8.

    11 − Σ mod 11, where 10 is written X and 11 is written 0; letters count from A = 10.

    >>> inner_check_character("60003734")
    '1'
    """
    total = sum(w * int(c, 36) for w, c in zip(_INNER_WEIGHTS, body, strict=True))
    return "0123456789X"[-total % 11]


def fault(code: str) -> str | None:
    """Say why `code` can't be a credit code: its length, a character, or the check character.

    >>> fault("91110000600037341L")
    >>> fault("91110000600037341A")
    '统一社会信用代码 “91110000600037341A” 的校验位（第 18 位）为 A，应为 L'
    """
    if len(code) != LENGTH:
        return f"统一社会信用代码 “{code}” 有 {len(code)} 位，应为 {LENGTH} 位"
    for place, character in enumerate(code, 1):
        if character not in ALPHABET:
            return f"统一社会信用代码 “{code}” 第 {place} 位 “{character}” {_instead(character)}"
    right = check_character(code[:-1])
    if code[-1] != right:
        return f"统一社会信用代码 “{code}” 的校验位（第 18 位）为 {code[-1]}，应为 {right}"
    return None


def warnings(code: str) -> list[str]:
    """Say what is unusual about a code that has no fault; codes in real use may be.

    The region is the registering office at the time: only its province is looked at, since former
    codes are right and lists of them are never whole.
    """
    if fault(code):
        return []
    doubts = (_class_doubt(code), _region_doubt(code), _inner_doubt(code))
    return [f"统一社会信用代码 “{code}” {doubt}" for doubt in doubts if doubt]


def invented(code: str) -> bool:
    """The code of an invented demo row, by its region."""
    return code[2:8] == INVENTED_REGION


def _instead(character: str) -> str:
    """Say what should stand where `character` stands."""
    if character.upper() in ALPHABET:
        return f"应为大写 {character.upper()}"
    return "不可用：只用数字和大写字母，且不用 I、O、S、V、Z"


def _class_doubt(code: str) -> str | None:
    kinds = _CLASSES.get(code[0])
    if kinds is None:
        return f"第 1 位登记管理部门 “{code[0]}” 不在国家标准内，应为 {'、'.join(_CLASSES)} 之一"
    if code[1] not in kinds:
        return f"第 2 位机构类别 “{code[1]}” 不在国家标准内，{code[0]} 类应为 {'、'.join(kinds)} 之一"
    return None


def _region_doubt(code: str) -> str | None:
    region = code[2:8]
    if not region.isdigit():
        return f"第 3–8 位登记机关区划 “{region}” 应全为数字"
    if region[1] not in _PROVINCES.get(region[0], ""):
        return f"第 3–8 位登记机关区划 “{region}” 的省级代码 {region[:2]} 不存在"
    return None


def _inner_doubt(code: str) -> str | None:
    right = inner_check_character(code[8:16])
    if code[16] == right:
        return None
    return f"内含组织机构代码 “{code[8:17]}” 的校验位（第 17 位）为 {code[16]}，应为 {right}"
