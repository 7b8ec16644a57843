"""Persons: whose names are often people's names, how such a name looks, and what stands for it."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from itertools import groupby
from typing import Final

from graph.kinds.columns import columns
from graph.kinds.entities import Organisation
from graph.kinds.terms import OrganisationForm

PERSONAL_FORMS: Final = (OrganisationForm.SOLE_TRADER, OrganisationForm.FAMILY_FARM)
"""A sole trader's or a family farm's name, code and address are those of a person."""
TELLING: Final = {
    "Organisation": tuple(
        c.name
        for c in columns(Organisation)
        if c.name not in {"id", "form", "synthetic", "foundedOn", "closedOn"}
    ),
    "Ruling": ("before", "after"),
    "Load": ("report",),
}
"""The columns that can tell who somebody is: of organisations of these forms, of rulings, of loads."""

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛"
    "邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路"
    "游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟"
    "应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢"
)
_COMPOUND = (
    "欧阳|上官|皇甫|令狐|诸葛|司徒|司马|申屠|夏侯|尉迟|慕容|东方|西门|长孙|宇文|公孙|端木|赫连|澹台|呼延"
)
_TRADES = (
    "种植|养殖|种养|畜牧|蔬菜|水果|果蔬|粮食|粮油|药材|中药材|苗木|食用菌|奶牛|肉牛|肉羊|生猪|农业|农机|农资|五金|机械|机电|建材|百货|"
    "日用品|食品|副食|饮食|餐饮|小吃|服装|家具|家电|电器|电子|汽车|汽修|运输|货运|物流|配货|加工|机加工|锻造|铸造|法兰|陶瓷|玻璃|玛钢|"
    "黄酒|陈醋|白酒|牛肉|漆器|耐火材料|水泵|废品|包装|维修|修理|制造|批发|零售|销售|商贸|综合"
)
_ENDINGS = (
    "家庭农场|农场|专业户|个体工商户|经营部|经销部|经销处|销售部|销售点|商店|商行|商铺|超市|便利店|门市部|门市|批发部|零售店|小卖部|"
    "养殖场|养殖户|种植园|种植户|种植基地|果园|加工部|加工厂|加工坊|加工点|作坊|酒坊|醋坊|饭店|餐馆|餐厅|酒馆|面馆|工作室|服务部|服务站|"
    "修理部|维修部|修理铺|运输队|运输户|货运部|车队|回收站|收购站|部|店|铺|厂|坊|队|站|场|户"
)
_NOT_NAMES = (
    "金色|金秋|金山|金牛|金穗|白云|高原|高山|黄河|黄花|黄土|江南|方圆|华夏|和谐|和平|明天|时代|成功|安康|安泰|石头|马铃|牛羊|田园|"
    "田野|文化|农村|农民|全民|向阳|阳光|阳春|万家|万年|万丰|宁静|米粮|华兴|荣华|乐农|古城|明珠|龙泉|龙腾|平安|南方"
)
"""Words that begin like a surname and are no names."""
_PLACE = "省市县区旗镇乡村庄屯街"
_PERSON = re.compile(
    rf"(?!{_NOT_NAMES})(?:{_COMPOUND}|[{_SURNAMES}])[^\W\da-zA-Z_{_PLACE}]{{1,2}}?"
    rf"(?:(?:{_TRADES}){{0,2}}(?:{_ENDINGS}))?"
)
_DIGITS = 6


def looks_personal(name: str, form: OrganisationForm | str) -> bool:
    """Whether a sole trader's or family farm's name looks like a person's.

    The rule: one of some 270 surnames, or a compound one, and one or two characters, alone or before
    at most two words of a trade and a word for a small business (家庭农场, 经营部, 养殖场 …). A place may
    come first, up to the last of 省市县区旗镇乡村庄屯街. A short list of other words (金色, 黄河 …) is left
    out. It is a hint, never a proof: rare surnames and names without such an ending are not seen, and a
    fancy name may look like a person's.

    >>> [looks_personal(n, "FAMILY_FARM") for n in ("王二小家庭农场", "晋昌镇欧阳海养殖场", "黄河家庭农场")]
    [True, True, False]
    >>> looks_personal("王二小家庭农场", "ENTERPRISE")
    False
    """
    if form not in PERSONAL_FORMS:
        return False
    text = re.sub(r"[\s（(].*$", "", name.strip())
    begin = max(text.rfind(mark) for mark in _PLACE) + 1
    return any(_PERSON.fullmatch(part) for part in (text, text[begin:]))


def number_of(id: str) -> str:
    """Make the number of six digits that stands for an id, from its hash: the same whatever else there is.

    >>> number_of("org:a")
    '320072'
    """
    return f"{int.from_bytes(blake2b(id.encode(), digest_size=8).digest()) % 10**_DIGITS:0{_DIGITS}}"


def masked_name(form: OrganisationForm | str, place: str = "", number: str = "") -> str:
    """Write the name that readers see: form, place and number.

    >>> masked_name("FAMILY_FARM", "定襄县", "000017")
    '定襄县家庭农场 000017 号'
    """
    return f"{place}{OrganisationForm(form).words} {number} 号"


def masked_names(members: Iterable[tuple[str, OrganisationForm, str]]) -> dict[str, str]:
    """Name organisations (id, form, place) so that no two are called the same.

    The number is that of the id. Of several with the same form, place and number, the first by id keeps
    it and the others add `-2`, `-3` …: another organisation changes the name of none but those that share
    its number.
    """
    plain = sorted((masked_name(form, place, number_of(id)), id) for id, form, place in members)
    found: dict[str, str] = {}
    for name, group in groupby(plain, key=lambda pair: pair[0]):
        for count, (_, id) in enumerate(group, 1):
            found[id] = name if count == 1 else f"{name.removesuffix(' 号')}-{count} 号"
    return found
