"""The two invented candidate towns, the bodies in charge, and the groups and moves of a few members."""

from dev.shanxi.book import Book
from dev.shanxi.cast import SYNTHETIC, credit_code

_SERIAL = 9_000
_SHORT_NAME = 2
"""As long as the names of 祁县, 代县 and 郊区, which say little without their city."""
_LEADER = "org:sample-a-leader-01"
_HOUSEHOLDS = (
    ("示例甲零件一厂", "ENTERPRISE", "part", None),
    ("示例甲零件二厂", "ENTERPRISE", "part", None),
    ("示例甲零件三厂", "ENTERPRISE", "part", None),
    ("示例甲零件一合作社", "COOPERATIVE", "part", None),
    ("示例甲零件一家庭农场", "FAMILY_FARM", "part", None),
    ("示例甲货运一队", "SOLE_TRADER", "freight", None),
    ("示例甲产品经销一部", "SOLE_TRADER", "dealer", None),
    ("示例甲零件四厂", "ENTERPRISE", "part", 2023),
    ("示例甲货运二队", "SOLE_TRADER", "freight", 2022),
)
"""Seven that trade with the leader in 2024, and two that closed before."""
_SALES = {"ENTERPRISE": 1_500_000, "COOPERATIVE": 800_000, "FAMILY_FARM": 90_000, "SOLE_TRADER": 300_000}
"""About what each form sells to the leader (yuan a year)."""
_PRODUCTS = {
    "part": "product:sample-part",
    "freight": "product:road-freight",
    "dealer": "product:sample-widget",
}


def add_samples(book: Book) -> None:
    """Add 示例镇甲, whose register is complete for 2024, and 示例镇乙, whose leader is not known."""
    _add(book, _LEADER, "示例甲龙头一厂", "ENTERPRISE", "a")
    book.add("LEADS", start=_LEADER, end="town:sample-a", source=SYNTHETIC)
    book.add("MAKES", start=_LEADER, end="product:sample-widget", source=SYNTHETIC)
    for place, (name, form, role, closed) in enumerate(_HOUSEHOLDS, 1):
        id, product = f"org:sample-a-{place:02d}", _PRODUCTS[role]
        _add(book, id, name, form, "a", closed)
        start, end = (_LEADER, id) if role == "dealer" else (id, _LEADER)
        if role != "dealer":
            book.add("MAKES", start=id, end=product, source=SYNTHETIC)
        for year in range(2021, closed or 2026):
            value = _SALES[form] + 10_000 * place + 2_000 * (year - 2021)
            cells = {"source": SYNTHETIC, "product": product, "synthetic": True}
            book.add("SUPPLIES", start=start, end=end, year=year, value=value, **cells)
    for place in range(1, 7):
        id = f"org:sample-b-{place:02d}"
        _add(book, id, f"示例乙零件{'一二三四五六'[place - 1]}厂", "ENTERPRISE", "b")
        book.add("MAKES", start=id, end="product:sample-part", source=SYNTHETIC)


def _add(book: Book, id: str, name: str, form: str, town: str, closed: int | None = None) -> None:  # noqa: PLR0913, PLR0917 - one row's facts
    code = credit_code(form, _SERIAL + len(book.rows["Organisation"]))
    end = f"{closed}-09-30" if closed else None
    book.add(
        "Organisation",
        id=id,
        name=name,
        synthetic=True,
        form=form,
        uscc=code,
        founded_on="2012-05-08",
        closed_on=end,
    )
    region = "region:149901" if town == "a" else "region:149902"
    industry = "industry:4754-2017:5431" if "货运" in name else "industry:4754-2017:3489"
    book.add("LOCATED_IN", start=id, end=region, source=SYNTHETIC)
    book.add("ENGAGES_IN", start=id, end=industry, main=True, source=SYNTHETIC)
    book.add("MEMBER_OF", start=id, end=f"town:sample-{town}", source=SYNTHETIC)


def add_agencies(book: Book) -> None:
    """Add one body in charge to the province and to each city and county that has a town."""
    names = {row["id"]: row["name"] for row in book.rows["Region"]}
    counties = dict.fromkeys(row["to"] for row in book.rows["LIES_IN"])
    cities = dict.fromkeys(f"{county[:-2]}00" for county in counties)
    for region in ("region:140000", *(c for c in cities if c in names), *counties):
        id = f"org:agency-{region.removeprefix('region:')}"
        city = f"{region[:-2]}00"
        within = names.get(city, "") if city != region and len(names[region]) == _SHORT_NAME else ""
        name = f"{within}{names[region]}专业镇工作专班办公室（样例）"
        book.add("Organisation", id=id, name=name, synthetic=True, form="AGENCY")
        book.add("LOCATED_IN", start=id, end=region, source=SYNTHETIC)


def add_groups(book: Book) -> None:
    """Add stakes, alliances, and two members that moved in 2023."""
    for owner, owned, share, since in _STAKES:
        cells = {"share": share, "since": since, "source": SYNTHETIC}
        book.add("OWNS", start=f"org:sample-{owner}", end=f"org:sample-{owned}", **cells)
    for one, other, form, since in _ALLIES:
        cells = {"form": form, "since": since, "source": SYNTHETIC}
        book.add("ALLIED_WITH", start=f"org:sample-{one}", end=f"org:sample-{other}", **cells)
    for mover, old in _MOVERS.items():
        row = next(r for r in book.rows["LOCATED_IN"] if r["from"] == mover)
        place = book.rows["LOCATED_IN"].index(row)
        book.rows["LOCATED_IN"][place] = {**row, "since": "2023"}
        book.add("LOCATED_IN", start=mover, end=old, until=2023, source=SYNTHETIC)


_STAKES = (
    ("dingxiang-flange-flange-01", "dingxiang-flange-heat-01", 0.6, 2018),
    ("dingxiang-flange-flange-01", "dingxiang-flange-wind-02", 0.51, 2022),
    ("dingxiang-flange-wind-02", "dingxiang-flange-testing-01", 0.4, None),
    ("wanrong-admixture-leader-01", "wanrong-admixture-admixture-03", 0.7, 2020),
    ("yanhu-pump-leader-01", "yanhu-pump-motor-01", 0.35, 2019),
    ("yanhu-pump-motor-01", "yanhu-pump-leader-01", 0.05, 2023),
    ("zezhou-casting-leader-01", "zezhou-casting-pump-casting-02", 1.0, 2017),
)
"""Owner, owned, share, since; 盐湖's leader and its motor works own each other."""
_ALLIES = (
    ("dingxiang-flange-flange-02", "dingxiang-flange-flange-04", "ALLIANCE", 2021),
    ("qingxu-vinegar-vinegar-01", "qingxu-vinegar-sorghum-coop-01", "JOINT_VENTURE", 2022),
    ("yanhu-pump-leader-02", "zezhou-casting-pump-casting-01", "ALLIANCE", 2024),
    ("taigu-malleable-iron-fitting-01", "taigu-malleable-iron-sand-01", "CLUSTER_ORGANISATION", 2023),
)
_MOVERS = {
    "org:sample-yuci-textile-hydraulics-valve-02": "region:140703",
    "org:sample-dingxiang-flange-packaging-02": "region:140902",
}
"""Where two members were before 2023."""
