"""Years and dates as people write them; what has two meanings is asked back with both."""

import re
from contextlib import suppress
from datetime import date, timedelta
from unicodedata import normalize

from loaders.rows.forms import CellFault, Taken, Years

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DATE = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?")
_SEPARATORS = {("-", "-"), ("/", "/"), (".", "."), ("年", "月")}
_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:份)?")
_YEAR = re.compile(r"(\d{4})(?:年度?|\.0)?")
_COMPACT = re.compile(r"\d{8}")
_SIX = re.compile(r"\d{6}")
_SHORT = re.compile(r"(\d{1,2})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SERIALS = (18_264, 73_050)
"""1950 to 2099, as a spreadsheet counts days."""
_MONTHS = 12
_SOON = 20
"""Years ahead that two digits may mean: plans and ends of validity."""
_EPOCH = date(1899, 12, 30)
_SPAN = re.compile(r"(\d{4})年?(?:[-–—~至到]+)(?:(\d{4})年?|今|现在|目前)?")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_HAN_NUMBER = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九](?=[月日])")

COMPACT = "日期写作 20230501 这样的八位数"
HAN = "日期或年份写作中文数字"
SERIAL = "日期存成了 Excel 序号（如 45047）"
TIMED = "日期带有时刻，只取日期"
DAY_LAST = "日期把年写在最后"
FIRST_OF, LAST_OF = "日期没有写{}，按该{}第一天装载", "期限没有写{}，按该{}最后一天装载"
OF_DATE = "年份列中写的是日期，取其年份"
OF_YEAR = "年份写作“年度”"
SPAN = "起止年份写在一格（如 2022-2024），已分为起止两列"


def year(text: str, *, ahead: bool = False) -> int | Taken:
    """Read a year that can be; after the current one only where the future is meant.

    >>> year("2024年"), year("二〇二四年度").value
    (2024, 2024)
    """
    plain = normalize("NFKC", text)
    if plain.isdecimal() and len(plain) == 4:  # noqa: PLR2004 - digits of a year
        return _possible(plain, ahead=ahead)
    western = _western(plain)
    if found := _YEAR.fullmatch(western):
        value = _possible(found[1], ahead=ahead)
        return Taken(value, HAN) if western != plain else Taken(value, OF_YEAR) if "度" in plain else value
    if _SPAN.fullmatch(western):
        raise CellFault("是一段年份：此列一行只记一年，请分行填写各年")
    if re.fullmatch(r"\d{2}年?度?", western):
        raise CellFault(f"请写四位年份，如 20{western[:2]} 或 19{western[:2]}")
    dated = any(form.fullmatch(western) for form in (_DATE, _MONTH)) or "-" in _TIME.sub("", western)
    if dated and _is_date(western):
        return Taken(_possible(western[:4], ahead=ahead), OF_DATE)
    if western.isdecimal():
        _possible(western, ahead=ahead)
    raise CellFault(f"应为年份，如 2024（{FIRST_YEAR}–{LAST_YEAR}）")


def since(text: str) -> int | Taken:
    """Read the first year of a relation, which may be written together with its last.

    >>> since("2022-2024").value
    Years(since=2022, until=2025)
    """
    found = _SPAN.fullmatch(_western(normalize("NFKC", text)))
    if not found:
        return year(text)
    first, last = _possible(found[1]), found[2] and _possible(found[2], ahead=True)
    if last and last < first:
        raise CellFault("起止年份颠倒：应先写起始年份")
    return Taken(Years(first, last + 1 if last else None), SPAN)


def until(text: str) -> int | Taken:
    """Read the first year in which a relation no longer holds; a date in it has two meanings."""
    read = year(text, ahead=True)
    if isinstance(read, Taken) and read.form == OF_DATE:
        raise CellFault(
            f"有两种意思：自 {read.value} 年起不再有效，请填 {read.value}；"
            f"有效到 {read.value} 年内，请填 {read.value + 1}（此列是不再有效的第一年）"
        )
    return read


def day(text: str, *, ahead: bool = False, limit: bool = False) -> date | Taken:
    """Read a date; after the current year only where the future is meant.

    A month or a year stands for its first day, for its last where the column is a `limit`.

    >>> day("2022年9月14日"), day("20230501").value, day("2026年", ahead=True, limit=True).value
    (datetime.date(2022, 9, 14), datetime.date(2023, 5, 1), datetime.date(2026, 12, 31))
    """
    plain = normalize("NFKC", text)
    if found := _DATE.fullmatch(plain):
        return _whole(found, ahead=ahead)
    western = _western(plain)
    if western != plain:
        return _said(day(western, ahead=ahead, limit=limit), HAN)
    if untimed := _untimed(western):
        return _said(day(untimed, ahead=ahead, limit=limit), TIMED)
    _ask_back(western)
    return _counted(western, ahead=ahead) or _vague(western, ahead=ahead, limit=limit)


def _counted(text: str, *, ahead: bool) -> Taken | None:
    """Read a date that is eight digits, days since an epoch, or has its year behind; None when it is none."""
    if _COMPACT.fullmatch(text):
        return Taken(_date(text[:4], text[4:6], text[6:], ahead=ahead), COMPACT)
    if _SERIAL.fullmatch(text) and _SERIALS[0] <= float(text) <= _SERIALS[1]:
        told = _EPOCH + timedelta(days=int(float(text)))
        _possible(str(told.year), ahead=ahead)
        return Taken(told, SERIAL)
    found = _YEAR_LAST.fullmatch(text)
    return _year_last(found, ahead=ahead) if found else None


def _vague(text: str, *, ahead: bool, limit: bool) -> Taken:
    """Read a month or a year."""
    month, whole = _MONTH.fullmatch(text), _YEAR.fullmatch(text)
    if _SIX.fullmatch(text):
        month = re.fullmatch(r"(\d{4})(\d{2})", text)
    if month:
        first = _date(month[1], month[2], "1", ahead=ahead)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return _period(first, following, "日", "月", limit=limit)
    if whole:
        first = _date(whole[1], "1", "1", ahead=ahead)
        return _period(first, date(first.year + 1, 1, 1), "月日", "年", limit=limit)
    if _SPAN.fullmatch(text):
        raise CellFault("是一段年份：此列应为一个日期，如 2022-09-14")
    raise CellFault("应为日期，如 2022-09-14、2022/9/14 或 2022年9月14日")


def _period(first: date, following: date, missing: str, period: str, *, limit: bool) -> Taken:
    if limit:
        return Taken(following - timedelta(days=1), LAST_OF.format(missing, period))
    return Taken(first, FIRST_OF.format(missing, period))


def _ask_back(text: str) -> None:
    """Raise CellFault, with each meaning, for a date whose year has two digits."""
    if found := _SHORT.fullmatch(text):
        one, two, three = int(found[1]), int(found[3]), int(found[5])
        orders = [(one, two, three), (three, two, one), (three, one, two)]
        shown = _shown(orders[:1] if found[2] == "年" else orders)
        told = f"年份请写四位：可能是 {'，或 '.join(shown)}" if shown else "不存在的日期：请检查年、月、日"
        raise CellFault(told)
    if _SIX.fullmatch(text) and (days := _shown([(int(text[:2]), int(text[2:4]), int(text[4:]))])):
        year, month = int(text[:4]), int(text[4:])
        whole = FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= _MONTHS
        both = [f"{year}年{month}月", *days] if whole else days
        raise CellFault(f"日期不明：可能是 {'，或 '.join(both)}；请写成 2022-09-14 这样")


def _shown(readings: list[tuple[int, int, int]]) -> list[str]:
    """Write the dates that readings with two digits of a year may mean: of this century, or of the last."""
    latest = date.today().year + _SOON  # noqa: DTZ011 - the year where the office is
    found: list[str] = []
    for short, month, number in readings:
        century = 2000 if 2000 + short <= latest else 1900
        with suppress(ValueError):
            found.append(date(century + short, month, number).isoformat())
    return list(dict.fromkeys(found))


def _year_last(found: re.Match[str], *, ahead: bool) -> Taken:
    one, two, last = int(found[1]), int(found[3]), found[4]
    if one != two and one <= _MONTHS and two <= _MONTHS:
        raise CellFault(f"日期不明：可能是 {last}-{one:02}-{two:02}，或 {last}-{two:02}-{one:02}")
    month, number = (one, two) if one <= _MONTHS else (two, one)
    return Taken(_date(last, str(month), str(number), ahead=ahead), DAY_LAST)


def _whole(found: re.Match[str], *, ahead: bool) -> date:
    if (found[2], found[4]) not in _SEPARATORS:
        raise CellFault("应为日期，如 2022-09-14、2022/9/14 或 2022年9月14日")
    return _date(found[1], found[3], found[5], ahead=ahead)


def _date(of_year: str, month: str, number: str, *, ahead: bool) -> date:
    _possible(of_year, ahead=ahead)
    try:
        return date(int(of_year), int(month), int(number))
    except ValueError:
        raise CellFault("不存在的日期：请检查月、日") from None


def _possible(text: str, *, ahead: bool = False) -> int:
    if not FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
        raise CellFault(f"不可能的年份：应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间")
    if not ahead and int(text) > (now := date.today().year):  # noqa: DTZ011 - the year where the office is
        raise CellFault(f"未来的年份：此列应不晚于今年（{now}）")
    return int(text)


def _is_date(text: str) -> bool:
    try:
        day(text, ahead=True)
    except CellFault:
        return False
    return True


def _untimed(text: str) -> str:
    """A date without its time of day; empty when it has none."""
    found = _TIME.search(text)
    return text[: found.start()] if found and found.start() and found.end() == len(text) else ""


def _said(read: date | Taken, form: str) -> Taken:
    return Taken(read.value, f"{form}；{read.form}") if isinstance(read, Taken) else Taken(read, form)


def _western(text: str) -> str:
    """Write Chinese numerals of a date in digits.

    >>> _western("二〇二三年十二月三十一日"), _western("二零二四年度")
    ('2023年12月31日', '2024年度')
    """
    if "年" not in text:
        return text
    text = _HAN_YEAR.sub(lambda m: m[0].translate(_DIGITS), text)
    return _HAN_NUMBER.sub(lambda m: str(_count(m[0])), text)


def _count(text: str) -> int:
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return int(text.translate(_DIGITS))
    return 10 * int((tens or "一").translate(_DIGITS)) + int((ones or "〇").translate(_DIGITS))
