"""Workbooks as offices fill them, made from what they mean: each cell keeps its meaning and a tidy form.

What is meant is drawn first, then a way of writing it; so the meaning of a cell is known without reading it.
A share of the cells is written so that a person would have to ask back (`doubtful`): they may not be taken.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from graph.kinds.credit_code import check_character, inner_check_character

REGIONS = {
    "region:140000": ("山西省", "PROVINCE"),
    "region:140400": ("长治市", "CITY"),
    "region:140431": ("沁源县", "COUNTY"),
    "region:140423": ("襄垣县", "COUNTY"),
    "region:140900": ("忻州市", "CITY"),
    "region:140921": ("定襄县", "COUNTY"),
    "region:140922": ("五台县", "COUNTY"),
    "region:330000": ("浙江省", "PROVINCE"),
    "region:330400": ("嘉兴市", "CITY"),
    "region:330421": ("嘉善县", "COUNTY"),
}
COUNTIES = ("region:140431", "region:140423", "region:140921", "region:140922")
PATHS = {
    "region:140431": "长治市",
    "region:140423": "长治市",
    "region:140921": "忻州市",
    "region:140922": "忻州市",
}
TOWNSHIPS = ("聪子峪乡", "郭道镇", "河边镇", "宏道镇")
TOWN, SOURCE = "样例药茶", "样例台账"
PRODUCTS = ("药茶", "法兰", "锻件", "包装箱", "玻璃瓶")
DOUBT = 0.03
"""Share of the cells that are written in two meanings or none."""
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_CORES = (
    *("恒达", "盛源", "瑞丰", "宏泰", "金鼎", "华阳", "永固", "天和", "同创", "鑫茂"),
    *("晋康", "泽润", "嘉禾", "旭日", "长青", "万通", "正合", "宝隆", "兴旺", "百川"),
)
_TRADES = ("药茶", "法兰", "锻造", "包装", "玻璃", "机械")
_TAILS = {
    "ENTERPRISE": "有限公司",
    "COOPERATIVE": "专业合作社",
    "SOLE_TRADER": "经营部",
    "FAMILY_FARM": "家庭农场",
}
_FORMS = {
    "ENTERPRISE": ("企业", "公司", "民营企业", "有限责任公司", "ENTERPRISE", " 企业 "),
    "COOPERATIVE": ("农民专业合作社", "合作社", "专业合作社"),
    "SOLE_TRADER": ("个体工商户", "个体户", "个体"),
    "FAMILY_FARM": ("家庭农场", "农场"),
}
_UNKNOWN = ("—", "无", "/", "不详", "暂无", "N/A", "")


@dataclass(frozen=True, slots=True)
class Written:
    """A cell: what stands there, what is meant (None: unknown), and how a tidy writer would put it."""

    shown: object
    meant: object
    tidy: object
    doubtful: bool = False


@dataclass(slots=True)
class Row:
    """A row of a sheet: its cells by header, and a number that the column 备注 carries."""

    number: str
    cells: dict[str, Written] = field(default_factory=dict[str, Written])

    @property
    def doubtful(self) -> bool:
        """Whether a person would ask back about a cell."""
        return any(cell.doubtful for cell in self.cells.values())


type Sheets = Mapping[str, Sequence[Row]]


def drawn(rng: Random, doubt: float = DOUBT) -> Sheets:
    """Draw a workbook: organisations, their town, what they supply to each other, figures of the town."""
    return _Clerk(rng, doubt).workbook()


@dataclass(slots=True)
class _Clerk:
    """Writes one workbook, each cell in whatever way comes to mind."""

    rng: Random
    doubt: float
    count: int = 0

    def workbook(self) -> Sheets:
        firms = self._firms(self.rng.randint(8, 14))
        return {
            "主体": firms,
            "主体属于专业镇": [self._member(firm) for firm in firms],
            "供应": self._flows(firms, self.rng.randint(8, 14)),
            "事实": self._claims(),
        }

    def _row(self, **cells: Written) -> Row:
        self.count += 1
        return Row(f"r{self.count}", cells)

    def _doubts(self) -> bool:
        return self.rng.random() < self.doubt

    def _one[T](self, several: Sequence[T]) -> T:
        return self.rng.choice(several)

    def _firms(self, many: int) -> list[Row]:
        cores = self.rng.sample([core + trade for core in _CORES for trade in _TRADES], many)
        return [self._firm(core) for core in cores]

    def _firm(self, core: str) -> Row:
        form, county = self._one([*_TAILS]), self._one(COUNTIES)
        place = self._one(("", REGIONS[county][0][:2]))
        group = self._one(("", "（集团）")) if form == "ENTERPRISE" else ""
        name = f"{place}{core}{group}{_TAILS[form]}"
        return self._row(
            主体名称=self._name(name),
            主体形式=Written(self._one(_FORMS[form]), form, _FORMS[form][0]),
            所在县=self._region(county),
            统一社会信用代码=self._code(county),
            成立日期=self._date(),
            **{"别名、简称、曾用名": self._aliases(core)},
        )

    def _name(self, name: str) -> Written:
        at = self.rng.randint(1, len(name) - 1)
        mark = self._one(("", "", "", " ", "\u200b", "\u00a0", "\n", "\u3000", "\ufeff"))
        return Written(name[:at] + mark + name[at:], name, name)

    def _region(self, county: str) -> Written:
        name, city = REGIONS[county][0], PATHS[county]
        if self._doubts():
            typo = {"沁源县": "沁原县", "襄垣县": "襄恒县", "定襄县": "定让县", "五台县": "伍台县"}[name]
            return Written(typo, county, name, doubtful=True)
        forms = (
            *(name, name, name[:2], city + name, f"山西省{city}{name}", f"山西{name}", county[7:], county),
            *(f" {name} ", f"{city[:2]}{name[:2]}", name + self._one(TOWNSHIPS), f"山西省 {city} {name}"),
        )
        return Written(self._one(forms), county, name)

    def _code(self, county: str) -> Written:
        if self.rng.random() < 0.3:
            return Written(self._one(_UNKNOWN), None, "")
        inner = "".join(self.rng.choices("0123456789", k=8))
        body = f"91{county[7:]}{inner}{inner_check_character(inner)}"
        code = body + check_character(body)
        if self._doubts():
            wrong = "1" if code[-1] != "1" else "2"
            return Written(code[:-1] + wrong, code, code, doubtful=True)
        spaced = f"{code[:8]} {code[8:]}"
        return Written(self._one((code, code.lower(), spaced, code.translate(_WIDE))), code, code)

    def _date(self) -> Written:
        day = date(2001, 1, 1) + timedelta(days=self.rng.randint(0, 8_000))
        y, m, d = day.year, day.month, day.day
        if self._doubts():
            return Written(
                self._one((f"{y % 100}.{m}.{d}", f"{y}-13-{d}", "去年")), day, day.isoformat(), doubtful=True
            )
        whole = (
            *(day, day.isoformat(), f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}{m:02}{d:02}"),
            *(_han(y, m, d), str((day - date(1899, 12, 30)).days), f"{y}-{m:02}-{d:02} 00:00:00"),
            f"{y}年{m}月{d}日".translate(_WIDE),
        )
        vague: list[tuple[object, object]] = [
            *((f"{y}年{m}月", date(y, m, 1)), (f"{y}-{m}", date(y, m, 1)), (f"{y}年", date(y, 1, 1))),
            *((word, None) for word in _UNKNOWN),
        ]
        if self.rng.random() < 0.3:
            shown, meant = self._one(vague)
            return Written(shown, meant, meant.isoformat() if isinstance(meant, date) else "")
        return Written(self._one(whole), day, day.isoformat())

    def _aliases(self, core: str) -> Written:
        two = [core + "厂", core[:2] + "老厂"]
        between = self._one(("、", "，", ",", "；", ";", "|", " "))
        return self._one(
            (Written("", [], ""), Written("无", [], ""), Written(between.join(two), two, "|".join(two)))
        )

    def _year(self, *, needed: bool = False) -> Written:
        y = self.rng.randint(2019, 2024)
        if self._doubts():
            return Written(self._one((f"{y - 1}-{y}", f"{y % 100}年", "2099")), y, y, doubtful=True)
        forms: tuple[object, ...] = (
            y,
            str(y),
            f"{y}年",
            f"{y}年度",
            str(y).translate(_DIGITS) + "年",
            f"{y}-12-31",
            date(y, 6, 30),
        )
        if not needed and self.rng.random() < 0.1:
            return Written(self._one(_UNKNOWN), None, "")
        return Written(self._one(forms), y, y)

    def _member(self, firm: Row) -> Row:
        since, until = self.rng.randint(2010, 2020), None
        shown = self._one((since, f"{since}年", f"{since}至今", f"{since}-2023", "", "不详"))
        meant: int | None = since if str(since) in str(shown) else None
        until = 2024 if str(shown).endswith("-2023") else None
        return self._row(
            主体=self._reference(firm),
            专业镇=Written(self._one((TOWN, f"{TOWN[:2]} {TOWN[2:]}")), TOWN, TOWN),
            起始年份=Written(shown, (meant, until), "" if meant is None else shown),
        )

    def _reference(self, firm: Row) -> Written:
        name = firm.cells["主体名称"].meant
        assert isinstance(name, str)
        if self._doubts():
            return Written(name[:1] + "某" + name[2:], name, name, doubtful=True)
        forms = [
            name,
            name,
            f"{name[:3]} {name[3:]}",
            name.replace("（", "(").replace("）", ")"),
            f"{name}\n",
        ]
        if name.endswith("有限公司"):
            forms.append(name.removesuffix("有限公司") + "有限责任公司")
        code = firm.cells["统一社会信用代码"]
        if isinstance(code.meant, str) and not code.doubtful:
            forms.append(code.meant)
        return Written(self._one(forms), name, name)

    def _flows(self, firms: Sequence[Row], many: int) -> list[Row]:
        ends = [(a, b) for a in firms for b in firms if a is not b]
        return [self._flow(a, b) for a, b in self.rng.sample(ends, many)]

    def _flow(self, seller: Row, buyer: Row) -> Row:
        product = self._one(PRODUCTS)
        return self._row(
            卖方=self._reference(seller),
            买方=self._reference(buyer),
            产品=Written(
                self._one((product, f" {product}", f"{product[0]} {product[1:]}")), product, product
            ),
            年份=self._year(),
            **{"金额（万元/年）": self._money(), "占买方该产品采购额的比例": self._share()},
        )

    def _money(self) -> Written:
        cents = self.rng.randint(10, 900_000) * 10
        wan = cents / 10  # of 万元, one decimal
        yuan = float(cents * 1_000)
        tidy = f"{wan:.1f}万元"
        if self._doubts():
            shown = self._one(
                (
                    f"{wan:.0f}-{wan + 50:.0f}",
                    "1.2万",
                    f"{wan:.0f}万美元",
                    f"超过{wan:.0f}",
                    "四十",
                    f"{wan:.0f}人",
                )
            )
            return Written(shown, yuan, tidy, doubtful=True)
        forms: tuple[object, ...] = (
            *(wan, f"{wan:.1f}", f"{wan:,.1f}", f"{wan:,.1f}万元", f"{wan:.1f}万元/年", f"¥{wan:.1f}万元"),
            *(f"{cents / 100_000:.5f}亿元", f"{cents / 100_000:.5f}亿", f"{cents * 1000:,}元"),
            f"{wan:,.1f}".translate(_WIDE),
        )
        if self.rng.random() < 0.1:
            return Written(self._one(_UNKNOWN), None, "")
        return Written(self._one(forms), yuan, tidy)

    def _share(self) -> Written:
        percent = self.rng.randint(2, 99)
        if self._doubts():
            return Written(percent, percent / 100, f"{percent}%", doubtful=True)
        return self._one(
            (
                Written(f"{percent}%", percent / 100, f"{percent}%"),
                Written(f"{percent}％", percent / 100, f"{percent}%"),
                Written(percent / 100, percent / 100, f"{percent}%"),
                Written("—", None, ""),
                Written(0, 0.0, "0"),
            )
        )

    def _claims(self) -> list[Row]:
        makers: list[Callable[[int], Row]] = [self._output, self._people, self._firms_counted]
        return [make(year) for year in range(2019, 2025) for make in makers]

    def _claim(self, year: int, metric: Written, value: Written, unit: Written) -> Row:
        said = self._one((year, f"{year}年", f"{year}年度"))
        return self._row(
            所述对象=Written(TOWN, TOWN, TOWN),
            指标=metric,
            数值=value,
            计量单位=unit,
            来源=Written(SOURCE, SOURCE, SOURCE),
            年份=Written(said, year, year),
        )

    def _output(self, year: int) -> Row:
        metric, value = self._one(("OUTPUT_VALUE", "REVENUE")), self.rng.randint(11, 999)
        words = {"OUTPUT_VALUE": ("产值", "工业总产值", "总产值"), "REVENUE": ("营业收入", "营收")}[metric]
        named = Written(self._one(words), metric, words[0])
        meant, tidy, unit = value * 1e7, f"{value / 10}亿元", f"{value / 10}"
        if self._doubts():
            shown, stated = self._one(
                ((unit, ""), (f"{unit}亿元", "万元"), (f"{unit}亿", "万元"), (f"约{unit}亿元以上", ""))
            )
            return self._claim(
                year, named, Written(shown, (meant, "EXACT"), tidy, doubtful=True), Written(stated, None, "")
            )
        written: tuple[tuple[object, str, str], ...] = (
            *((value / 10, "亿元", "EXACT"), (f"{unit}亿元", "", "EXACT"), (f"{unit}亿", "", "EXACT")),
            *(
                (f"约{unit}亿元", "", "ABOUT"),
                (f"近{unit}", "亿元", "ABOUT"),
                (f"{unit}亿元左右", "", "ABOUT"),
            ),
            *(
                (f"超过{unit}亿元", "", "AT_LEAST"),
                (f"不少于{unit}", "亿元", "AT_LEAST"),
                (f"{unit}亿元以上", "", "AT_LEAST"),
            ),
            *(
                (f"{value * 1000:,}万元", "", "EXACT"),
                (f"{value * 1000:,}", "万元", "EXACT"),
                (f"不超过{unit}亿", "元", "AT_MOST"),
            ),
        )
        shown, stated, bound = self._one(written)
        mark = {"EXACT": "", "ABOUT": "约", "AT_LEAST": "不少于", "AT_MOST": "不超过"}[bound]
        return self._claim(
            year, named, Written(shown, (meant, bound), mark + tidy), Written(stated, None, "")
        )

    def _people(self, year: int) -> Row:
        people = self.rng.randint(11, 99) * 100
        named = Written(self._one(("从业人员", "从业人数", "EMPLOYEES")), "EMPLOYEES", "从业人员")
        written = (
            *(
                (people, "人", "EXACT"),
                (f"{people:,}人", "", "EXACT"),
                (f"{people / 10_000}万", "人", "EXACT"),
            ),
            *(
                (f"{people / 10_000}万人", "", "EXACT"),
                (people, "", "EXACT"),
                (f"{people}多人", "", "AT_LEAST"),
            ),
            (f"约{people}", "人", "ABOUT"),
        )
        shown, stated, bound = self._one(written)
        mark = {"EXACT": "", "ABOUT": "约", "AT_LEAST": "不少于"}[bound]
        return self._claim(
            year,
            named,
            Written(shown, (float(people), bound), f"{mark}{people}人"),
            Written(stated, None, ""),
        )

    def _firms_counted(self, year: int) -> Row:
        many = self.rng.randint(0, 80)
        named = Written(self._one(("企业数", "企业数量", "ENTERPRISES")), "ENTERPRISES", "企业数")
        shown, stated, bound = self._one(
            (
                (f"{many}家", "", "EXACT"),
                (f"{many}户", "户", "EXACT"),
                (many, "家", "EXACT"),
                (f"{many}余家", "", "AT_LEAST"),
            )
        )
        tidy = f"{'不少于' if bound == 'AT_LEAST' else ''}{many}户"
        return self._claim(year, named, Written(shown, (float(many), bound), tidy), Written(stated, None, ""))


def _han(y: int, m: int, d: int) -> str:
    """Write a date in Chinese numerals."""
    return f"{str(y).translate(_DIGITS)}年{_han_number(m)}月{_han_number(d)}日"


def _han_number(n: int) -> str:
    tens, ones = divmod(n, 10)
    one = "" if not ones else str(ones).translate(_DIGITS)
    return one if not tens else ("" if tens == 1 else str(tens).translate(_DIGITS)) + "十" + one
