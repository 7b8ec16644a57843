"""Columns that hold nothing for the graph: said once each table, personal ones as left out on purpose."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

_PERSONAL = re.compile(
    r"电话|手机|身份证|联系人|联系方式|法定代表人|法人代表|负责人|经办人|姓名|微信|邮箱|银行|账号"
    r"|phone|mobile|contact|e-?mail|id_?card",
    re.IGNORECASE,
)
_ELSEWHERE = {
    "产值": "“事实”表（指标、数值、年份、来源各一列）",
    "收入": "“事实”表（指标、数值、年份、来源各一列）",
    "人数": "“事实”表（指标 从业人员）",
    "职工": "“事实”表（指标 从业人员）",
    "产量": "“事实”表或“主体生产”表",
    "产能": "“事实”表或“主体生产”表",
    "产品": "“主体生产”表（一行一个产品）",
    "行业": "“主体从事的行业”表",
    "资质": "“主体持有资质”表",
}
"""Where an office may put what a column of this name holds."""


def unused(heads: Iterable[str], known: Mapping[str, str]) -> Iterator[str]:
    """Say which columns were not read and why; `known` maps what a head may say to how it is shown.

    >>> list(unused(["联系电话", "成立日斯", "备用"], {"成立日期": "成立日期"}))
    ['有意不读的个人信息列：联系电话', '未用的列：成立日斯（是否应为“成立日期”？）、备用']
    >>> list(unused(["职工人数"], {}))
    ['未用的列：职工人数（请填“事实”表（指标 从业人员））']
    """
    named = [head for head in dict.fromkeys(heads) if head]
    personal = [head for head in named if _PERSONAL.search(head)]
    if personal:
        yield f"有意不读的个人信息列：{'、'.join(personal)}"
    if rest := [head for head in named if head not in personal]:
        yield f"未用的列：{'、'.join(f'{head}{_hint(head, known)}' for head in rest)}"


def _hint(head: str, known: Mapping[str, str]) -> str:
    if close := get_close_matches(head.replace("_", "").lower(), known, 1, 0.7):
        return f"（是否应为“{known[close[0]]}”？）"
    place = next((place for word, place in _ELSEWHERE.items() if word in head), "")
    return f"（请填{place}）" if place else ""
