"""What a cell says: one meaning is taken, two are asked back with both, and the form is told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kinds import NODE_OF, RELATION_OF
from graph.kinds.columns import columns
from graph.kinds.terms import Term
from loaders.csv.lines import Cells
from loaders.csv.writing import text_of
from loaders.excel.titles import Kind
from loaders.rows.cells import reader, spoken
from loaders.rows.dates import day
from loaders.rows.draft import Draft, draft
from loaders.rows.figures import figure
from loaders.rows.forms import CellFault, Taken, folded_name, normalised, says_unknown
from loaders.rows.header import Header, header, spared

SOUND = {"from": "org:a", "to": "org:b", "product": "product:p", "year": "2024"}


def read(label: str, head: dict[str, str]) -> Draft:
    """Read one row, given as its cells by the heads of the table."""
    kind = NODE_OF.get(label) or RELATION_OF[label]
    found = header(kind, list(head))
    assert isinstance(found, Header), found
    made = draft(found, Cells(2, list(head.values())))
    assert made
    return made


def flow(head: str, text: str) -> Draft:
    return read("SUPPLIES", SOUND | {head: text})


def claim(metric: str, value: str, unit: str = "", **more: str) -> Draft:
    cells = {"subject": "town:t", "metric": metric, "value": value, "unit": unit, "source": "source:s"}
    return read("Claim", cells | more)


def why(made: Draft) -> str:
    """The only fault of a row, or of a cell that was left unknown."""
    (fault,) = (*made.faults, *made.unread)
    return fault.reason


@pytest.mark.parametrize(
    ("head", "text", "yuan"),
    [
        ("value", "7.5亿元", 750_000_000),
        ("value", "9,800万元", 98_000_000),
        ("value", "¥１，２３４.5", 1_234.5),
        ("value", "1.2万", 12_000),
        ("value", "3千万元/年", 30_000_000),
        ("value（万元/年）", "120.5", 1_205_000),
        ("value（万元/年）", "120万", 1_200_000),
        ("value（万元/年）", "1.1亿", 110_000_000),
        ("value(亿元)", "0", 0),
    ],
)
def test_amounts_carry_their_scale(head: str, text: str, yuan: float):
    assert flow(head, text).values["value"] == yuan


@pytest.mark.parametrize(
    ("head", "text", "reason"),
    [
        ("value(万元)", "1.2万", "有两种意思：1.2万元，或 1.2万个万元"),
        ("value(万元)", "3千", "有两种意思：3千元，或 3千个万元"),
        ("value", "100-150", "是一个区间"),
        ("value", "超过30", "只记确数，或“约”加数"),
        ("value", "约30以上", "数值性质有两种意思"),
        ("value", "5万美元", "外币（美元）"),
        ("value", "12人", "不是金额的单位"),
        ("value", "四十", "应为数字"),
        ("share", "35", "是否应为 35%？"),
        ("share(%)", "0.35", "有两种意思：0.35%，或 35%"),
    ],
)
def test_an_amount_with_two_meanings_is_asked_back_and_its_row_lives(head: str, text: str, reason: str):
    made = flow(head, text)
    assert reason in why(made)
    assert not made.faults
    assert head.partition("(")[0] not in made.values


@pytest.mark.parametrize(
    ("head", "text", "share"), [("share", "35%", 0.35), ("share(%)", "35", 0.35), ("share(%)", "0.5%", 0.005)]
)
def test_shares_are_read_with_their_sign_or_that_of_the_head(head: str, text: str, share: float):
    assert flow(head, text).values["share"] == share


def test_a_rounded_supply_keeps_that_it_is():
    made = flow("value(万元)", "约120")
    assert (made.values["value"], made.values["bound"]) == (1_200_000, "ABOUT")


@pytest.mark.parametrize(
    ("metric", "value", "unit", "stored"),
    [
        ("工业总产值", "7.5亿元", "", (750_000_000, "YUAN", None)),
        ("营收", "近400", "万元", (4_000_000, "YUAN", "ABOUT")),
        ("从业人员", "1.2万", "", (12_000, "PERSON", None)),
        ("从业人员", "120多人", "", (120, "PERSON", "AT_LEAST")),
        ("企业数", "25家", "户", (25, "COUNT", None)),
        ("产值", "不超过30亿", "元", (3_000_000_000, "YUAN", "AT_MOST")),
        ("占比", "35%", "", (0.35, "SHARE", None)),
    ],
)
def test_figures_carry_unit_and_bound(metric: str, value: str, unit: str, stored: tuple[Any, ...]):
    made = claim(metric, value, unit)
    assert not made.faults
    assert (made.values["value"], made.values["unit"], made.values.get("bound")) == stored


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("产值", "120", ""), "没有单位"),
        (("产值", "7.5亿元", "万元"), "数值中是“亿元”，单位列是“万元”"),
        (("产值", "1.2亿", "万元"), "有两种意思：1.2亿元，或 1.2亿个万元"),
        (("从业人员", "120吨", ""), "的单位应为 人"),
        (("产值", "—", "亿元"), "不能写作不详"),
    ],
)
def test_a_figure_without_a_sure_unit_is_refused(cells: tuple[str, str, str], reason: str):
    assert reason in why(claim(*cells))


def test_bounds_that_differ_are_refused():
    assert "与数值中的“约”不一致" in why(claim("产值", "约3亿元", bound="不少于"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20230501", date(2023, 5, 1)),
        ("二〇二三年十二月三十一日", date(2023, 12, 31)),
        ("二零二三年十月二十日", date(2023, 10, 20)),
        ("45047", date(2023, 5, 1)),  # 1900-01-01 is day 1, and Excel counts a 29 February 1900
        ("13/5/2023", date(2023, 5, 13)),
        ("2023年5月", date(2023, 5, 1)),
        ("2023", date(2023, 1, 1)),
        ("2023-05-01 08:30", date(2023, 5, 1)),
    ],
)
def test_dates_of_one_meaning_are_taken_and_said(text: str, told: date):
    made = read("Organisation", {"id": "org:a", "name": "甲厂", "form": "企业", "foundedOn": text})
    assert made.values["foundedOn"] == told
    assert [(column, written) for column, written, _, _ in made.taken] == [("foundedOn", text)]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("23.5.1", ("2023-05-01", "2001-05-23")),
        ("5/1/2023", ("2023-05-01", "2023-01-05")),
        ("201105", ("2011年5月", "2020-11-05")),
    ],
)
def test_dates_of_two_meanings_are_asked_back_with_both(text: str, both: tuple[str, str]):
    with pytest.raises(CellFault) as fault:
        day(text)
    assert all(one in str(fault.value) for one in both)


def test_a_vague_deadline_is_its_last_day():
    told = day("2024年2月", limit=True)
    assert isinstance(told, Taken)
    assert told.value == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022-2024", (2022, 2025)),
        ("2022至今", (2022, None)),
        ("2022年5月", (2022, None)),
        ("不详", (None, None)),
    ],
)
def test_a_span_of_years_is_the_beginning_and_the_end_of_a_relation(text: str, years: tuple[Any, Any]):
    made = read("MEMBER_OF", {"from": "org:a", "to": "town:t", "since": text})
    assert (made.values.get("since"), made.values.get("until")) == years


def test_a_span_is_no_year_of_a_figure_and_a_date_no_end():
    assert "请分行填写各年" in why(claim("产值", "3亿元", year="2022-2024"))
    made = read("MEMBER_OF", {"from": "org:a", "to": "town:t", "since": "2020", "until": "2025-12-31"})
    assert "2025" in why(made)
    assert "2026" in why(made)


def test_words_for_unknown_are_empty_and_zero_is_zero():
    for word in ("—", "无", "/", "不详", "暂无", "N/A", "n/a"):
        made = flow("value", word)
        assert "value" not in made.values
        assert [*made.faults, *made.unread] == []
    assert flow("value", "0").values["value"] == 0
    needs = read("NEEDS", {"from": "org:a", "to": "product:p", "origin": "不详"})
    assert needs.values["origin"] == "UNKNOWN"  # a word of the list


def test_a_word_of_two_values_is_asked_back_with_both():
    made = read("Product", {"id": "product:a", "name": "热处理", "category": "加工"})
    assert why(made) == "有两种意思：工序（PROCESS），或 服务（SERVICE）；请写明是哪一个"


def test_each_synonym_is_read_as_its_value_or_asked_back():
    every: tuple[Kind, ...] = (*NODE_OF.values(), *RELATION_OF.values())
    kinds = [(kind, column) for kind in every for column in _terms(kind)]
    assert kinds
    for kind, column in kinds:
        read_cell, meanings = reader(kind, column), spoken(column.type)
        for term in column.type:
            for word in term.synonyms:
                if len(meanings["".join(word.casefold().split())]) > 1:
                    with pytest.raises(CellFault, match="有两种意思"):
                        read_cell(word)
                else:
                    made = read_cell(word)
                    assert (made.value if isinstance(made, Taken) else made) == term.value


def _terms(kind: Kind) -> list[Any]:
    return [c for c in columns(kind) if issubclass(c.type, Term) and not c.many]


def test_a_folded_name_keeps_how_it_was_written():
    made = read("Organisation", {"id": "org:a", "name": "沁源 药茶\u200b\n（集团）有限公司", "form": "公司"})
    assert made.values["name"] == "沁源药茶（集团）有限公司"
    assert made.defaults == {"aliases": ["沁源 药茶 （集团）有限公司"]}
    unseen = read("Organisation", {"id": "org:a", "name": "沁源药茶\u200b厂", "form": "公司"})
    assert (unseen.values["name"], unseen.defaults) == ("沁源药茶厂", {})


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str):
    once = folded_name(text)
    assert folded_name(once) == once
    assert normalised(once) == normalised(text)


@given(
    st.decimals(0, 99_999, places=2), st.sampled_from(["", "万", "亿"]), st.sampled_from(["", "约", "不少于"])
)
def test_a_number_is_read_whatever_stands_around_it(value: Decimal, scale: str, front: str):
    found = figure(f"{front}{value:,}{scale}元")
    assert found.scaled == value * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert (found.unit, found.bound is None) == ("元", not front)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), unique=True)
)
def test_a_list_that_was_written_is_read_again(values: list[str]):
    plain = [name for name in dict.fromkeys(map(folded_name, values)) if name]
    column = next(c for c in _columns("Organisation") if c.name == "aliases")
    written = text_of(plain)
    made = reader(NODE_OF["Organisation"], column)(written) if written else []
    kept = [name for name in plain if not says_unknown(name)]
    assert ((made.value if isinstance(made, Taken) else made) or []) == kept


def _columns(label: str) -> tuple[Any, ...]:
    return columns(NODE_OF[label])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A，B；C", ["A", "B", "C"]),
        ("甲厂 乙厂、丙厂", ["甲厂", "乙厂", "丙厂"]),
        ("Dingxiang Steel Co., Ltd", ["Dingxiang Steel Co., Ltd"]),
        ("甲、乙|", ["甲、乙"]),
    ],
)
def test_lists_are_parted_by_what_people_put_between(text: str, parts: list[str]):
    made = read("Organisation", {"id": "org:a", "name": "甲厂", "form": "企业", "aliases": text})
    assert made.values["aliases"] == parts


def test_codes_and_addresses_are_folded():
    made = read("Organisation", {"name": "甲厂", "form": "企业", "uscc": "91110000 600037341l"})
    assert made.values["uscc"] == "91110000600037341L"
    source = read("Source", {"id": "source:a", "name": "年报", "grade": "A", "url": "www.a.cn"})
    assert source.values["url"] == "http://www.a.cn"


def test_only_cells_that_say_nothing_of_the_row_itself_are_spared():
    assert {"value", "share"} <= spared(RELATION_OF["SUPPLIES"])
    assert not {"from", "product", "year", "source", "synthetic"} & spared(RELATION_OF["SUPPLIES"])
    assert not {"id", "name", "form", "synthetic"} & spared(NODE_OF["Organisation"])
    assert not {"scope", "bound", "year", "grade"} & spared(NODE_OF["Claim"])
