"""Search over a few dozen names as they stand in the registers, with answers known beforehand."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from graph.errors import BadInput
from graph.snapshot.bundle import open_bundle, write_bundle
from queries.lookup import search
from queries.lookup.search import MOST_ABOVE, Entry, Hit, SearchIndex, SearchMatch, Stack
from queries.lookup.spelling import (
    capitals,
    capitals_all,
    clean,
    clean_all,
    simplify,
    simplify_all,
    spell_all,
    spellings,
)

FLANGE = Entry("town:dingxiang-flange", "Town", "定襄法兰", ["定襄县法兰专业镇", "世界法兰之都"])
TIANBAO = Entry("org:tianbao", "Organisation", "山西天宝集团有限公司", ["天宝集团"], ["91140921111111111A"])
ENTRIES = [
    FLANGE,
    TIANBAO,
    Entry("town:taigu-malleable", "Town", "太谷玛钢"),
    Entry("town:qingxu-vinegar", "Town", "清徐老陈醋", ["清徐醋业"]),
    Entry("town:xinghuacun-liquor", "Town", "杏花村汾酒"),
    Entry("town:qixian-glass", "Town", "祁县玻璃器皿"),
    Entry("town:huairen-ceramics", "Town", "怀仁陶瓷"),
    Entry("town:pingyao-beef", "Town", "平遥牛肉"),
    Entry("org:longma", "Organisation", "山西定襄法兰锻造有限公司"),
    Entry("org:gone", "Organisation", "定襄县昌盛锻压厂", closed=True),
    Entry("org:going", "Organisation", "定襄县昌源锻压厂"),
    Entry("org:bank", "Organisation", "晋城银行股份有限公司"),
    Entry("org:aluminium", "Organisation", "吕梁铝业有限公司", [], ["600219"]),
    Entry("org:qianyuan", "Organisation", "乾元重工（集团）有限公司"),
    Entry("org:abc", "Organisation", "ABC精密机械有限公司"),
    Entry("org:glass-town", "Organisation", "太谷玛钢"),
    Entry("region:140481", "Region", "长治市潞城区", [], ["140427"]),
    Entry("region:500000", "Region", "重庆市"),
    Entry("region:140921", "Region", "定襄县"),
    Entry("product:flange", "Product", "风电法兰", ["大型风电法兰环件"]),
    Entry("product:forging", "Product", "锻件"),
    Entry("policy:1", "Policy", "山西省专业镇投资基金管理办法", [], ["晋政办发〔2022〕9号"]),
]
INDEX = SearchIndex.of(ENTRIES)


def best(text: str, **options: object) -> tuple[str, SearchMatch]:
    hit = INDEX.search(text, **options)[0]  # pyright: ignore[reportArgumentType]
    return hit.id, hit.matched_by


@pytest.mark.parametrize(
    ("text", "id", "matched_by"),
    [
        ("定襄法兰", "town:dingxiang-flange", SearchMatch.EXACT),
        ("世界法兰之都", "town:dingxiang-flange", SearchMatch.EXACT),
        ("定襄法蘭", "town:dingxiang-flange", SearchMatch.EXACT),
        ("定 襄·法兰", "town:dingxiang-flange", SearchMatch.EXACT),
        ("ａｂｃ精密机械有限公司", "org:abc", SearchMatch.EXACT),
        ("abc", "org:abc", SearchMatch.PREFIX),
        ("祁县", "town:qixian-glass", SearchMatch.PREFIX),
        ("银行", "org:bank", SearchMatch.PART),
        ("重工(集团)", "org:qianyuan", SearchMatch.PART),
        ("乾", "org:qianyuan", SearchMatch.PREFIX),
        ("91140921111111111a", "org:tianbao", SearchMatch.CODE),
        ("9114092111", "org:tianbao", SearchMatch.CODE),
        ("600219", "org:aluminium", SearchMatch.CODE),
        ("140427", "region:140481", SearchMatch.CODE),
        ("140481", "region:140481", SearchMatch.CODE),
        ("晋政办发[2022]9号", "policy:1", SearchMatch.CODE),
        ("town:qixian-glass", "town:qixian-glass", SearchMatch.CODE),
        ("town:qix", "town:qixian-glass", SearchMatch.CODE),
        ("dxfl", "town:dingxiang-flange", SearchMatch.INITIALS),
        ("ｄｘｆ", "town:dingxiang-flange", SearchMatch.INITIALS),
        ("qxlcc", "town:qingxu-vinegar", SearchMatch.INITIALS),
        ("DingXiangFaLan", "town:dingxiang-flange", SearchMatch.PINYIN),
        ("ding xiang fa", "town:dingxiang-flange", SearchMatch.PINYIN),
        ("tian'bao", "org:tianbao", SearchMatch.PINYIN),
        ("changzhi", "region:140481", SearchMatch.PINYIN),
        ("zhangzhi", "region:140481", SearchMatch.PINYIN),
        ("chongqing", "region:500000", SearchMatch.PINYIN),
        ("yinhang", "org:bank", SearchMatch.PINYIN),
        ("lüye", "org:aluminium", SearchMatch.PINYIN),
        ("lvye", "org:aluminium", SearchMatch.PINYIN),
        ("lyuliang", "org:aluminium", SearchMatch.PINYIN),
        ("luliang", "org:aluminium", SearchMatch.PINYIN),
        ("定襄falan", "town:dingxiang-flange", SearchMatch.PINYIN),
        ("dx法兰", "town:dingxiang-flange", SearchMatch.INITIALS),
        ("qingxu老陈cu", "town:qingxu-vinegar", SearchMatch.PINYIN),
        ("abc jm", "org:abc", SearchMatch.INITIALS),
        ("定想法兰", "town:dingxiang-flange", SearchMatch.SIMILAR),
        ("襄定法兰", "town:dingxiang-flange", SearchMatch.SIMILAR),
        ("定法襄兰", "town:dingxiang-flange", SearchMatch.SIMILAR),
        ("清徐陈醋", "town:qingxu-vinegar", SearchMatch.SIMILAR),
        ("平遥酱牛肉", "town:pingyao-beef", SearchMatch.SIMILAR),
        ("鼎翔法蓝", "town:dingxiang-flange", SearchMatch.SIMILAR),
        ("dingxaingfalan", "town:dingxiang-flange", SearchMatch.SIMILAR),
        ("dngxiangfalan", "town:dingxiang-flange", SearchMatch.SIMILAR),
        ("pingyaoniurpu", "town:pingyao-beef", SearchMatch.SIMILAR),
        ("天宝 山西", "org:tianbao", SearchMatch.PART),
        ("shanxi tianbao jituan", "org:tianbao", SearchMatch.PINYIN),
        ("tianbao sx", "org:tianbao", SearchMatch.PINYIN),
        ("天宝 youxian", "org:tianbao", SearchMatch.PINYIN),
    ],
)
def test_a_text_finds_what_it_means(text: str, id: str, matched_by: SearchMatch):
    assert best(text) == (id, matched_by)


def test_a_part_of_a_syllable_is_no_hit():
    assert INDEX.search("ang") == []
    assert {hit.matched_by for hit in INDEX.search("ingxiang")} == {SearchMatch.SIMILAR}


def test_letters_beside_characters_do_not_loosen_the_characters():
    assert [hit.id for hit in INDEX.search("鼎襄falan") if hit.matched_by is not SearchMatch.SIMILAR] == []


def test_nothing_found_is_an_empty_list():
    assert INDEX.search("饕餮") == INDEX.search("！？") == INDEX.search("qqqqqqqq") == []


def test_an_empty_index_finds_nothing():
    assert SearchIndex.of([]).search("定襄") == []


def test_the_shorter_name_comes_first_and_the_manner_before_the_length():
    assert [hit.name for hit in INDEX.search("定襄")][:3] == ["定襄县", "定襄法兰", "定襄县昌源锻压厂"]
    assert [hit.matched_by for hit in INDEX.search("法兰")] == [SearchMatch.PART] * 3
    assert [hit.name for hit in INDEX.search("法兰")] == ["定襄法兰", "风电法兰", "山西定襄法兰锻造有限公司"]


def test_a_town_comes_before_an_organisation_of_the_same_name():
    first, second = INDEX.search("太谷玛钢")
    assert (first.kind, second.kind) == ("Town", "Organisation")
    assert first.score == second.score == 1


def test_a_name_comes_before_an_alias():
    index = SearchIndex.of([Entry("a", "Organisation", "甲厂", ["乙厂"]), Entry("b", "Organisation", "乙厂")])
    assert [hit.id for hit in index.search("乙厂")] == ["b", "a"]


def test_a_closed_firm_comes_after_one_that_is_open():
    assert [hit.id for hit in INDEX.search("定襄县昌", first=2)] == ["org:going", "org:gone"]


def test_an_entry_appears_once_at_its_best():
    hits = INDEX.search("法兰", first=100)
    assert len({hit.id for hit in hits}) == len(hits)
    assert INDEX.search("天宝集团")[0] == Hit(
        "org:tianbao", "Organisation", "山西天宝集团有限公司", "天宝集团", SearchMatch.EXACT, 1
    )


def test_scores_fall_and_lie_between_0_and_1():
    scores = [hit.score for text in ("定襄", "dx", "ding") for hit in INDEX.search(text, first=100)]
    assert all(0 < score <= 1 for score in scores)
    assert [h.score for h in INDEX.search("dx")] == sorted(
        (h.score for h in INDEX.search("dx")), reverse=True
    )


def test_only_the_kinds_asked_for_are_found():
    assert {hit.kind for hit in INDEX.search("定襄", kinds={"Town", "Region"})} == {"Town", "Region"}
    assert INDEX.search("定襄", kinds=["Loan"]) == []


def test_first_limits_the_hits_to_the_best():
    assert INDEX.search("定襄", first=2) == INDEX.search("定襄", first=50)[:2]


@pytest.mark.parametrize(
    ("text", "first", "path"),
    [
        ("", 10, "text"),
        (" \u3000", 10, "text"),
        ("镇" * 101, 10, "text"),
        ("镇", 0, "first"),
        ("镇", 101, "first"),
    ],
)
def test_input_out_of_bounds_is_refused(text: str, first: int, path: str):
    with pytest.raises(BadInput) as refused:
        INDEX.search(text, first=first)
    assert list(refused.value.path) == [path]


def test_the_order_of_the_entries_does_not_matter():
    turned = SearchIndex.of(reversed(ENTRIES))
    for text in ("定襄", "dx", "ding", "法兰", "定想法兰", "有限公司", "14"):
        assert turned.search(text, first=100) == INDEX.search(text, first=100)


LETTERS = st.sampled_from("定襄法兰锻造天宝太谷玛钢清徐醋祁县玻璃平遥牛肉晋钢铁煤集团有限公司")
NAMES = st.lists(st.text(LETTERS, min_size=2, max_size=14), min_size=1, max_size=10, unique=True)


def index_of(names: list[str]) -> SearchIndex:
    return SearchIndex.of(Entry(f"org:{name}", "Organisation", name) for name in names)


@given(NAMES)
@settings(deadline=None)
def test_every_name_is_found_first_by_itself(names: list[str]):
    index = index_of(names)
    assert all(index.search(name)[0].name == name for name in names)


@given(NAMES)
@settings(deadline=None)
def test_every_name_is_found_by_its_pinyin(names: list[str]):
    index = index_of(names)
    for name in names:
        assert name in [hit.name for hit in index.search("".join(lazy_pinyin(name)))]


@given(NAMES, st.data())
@settings(deadline=None)
def test_every_name_is_found_with_two_neighbours_swapped(names: list[str], data: st.DataObject):
    index = index_of(names)
    for name in names:
        if len(name) >= 4 and len(set(name)) == len(name):
            place = data.draw(st.integers(0, len(name) - 2))
            typed = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
            assert typed in names or name in [hit.name for hit in index.search(typed)]


SOME_ENTRIES = st.dictionaries(
    st.sampled_from([f"org:{letter}" for letter in "abcdef1"]),
    st.builds(
        lambda *told: told,
        st.text(LETTERS, min_size=2, max_size=5),
        st.lists(st.text(LETTERS, min_size=2, max_size=4), max_size=2),
        st.lists(st.sampled_from(["600219", "60", "91140921"]), max_size=1),
        st.booleans(),
    ),
    max_size=7,
)


def written(entries):
    return [Entry(id, "Organisation", name, *told) for id, (name, *told) in entries.items()]


@given(SOME_ENTRIES, st.lists(SOME_ENTRIES, min_size=1, max_size=3), st.integers(1, 8), st.data())
@settings(deadline=None, max_examples=200)
def test_a_stack_that_changed_finds_what_a_new_one_finds(before, later, first: int, data: st.DataObject):
    stack = Stack.of("Organisation", written(before))
    for now in later:
        gone = before.keys() - now.keys()
        put = {id: told for id, told in now.items() if before.get(id) != told}
        stack = stack.changed(gone, written(put))
        before = now
    anew = Stack.of("Organisation", written(before))
    changed, new = (SearchIndex({"Organisation": one}) for one in (stack, anew))
    names = [name for name, *_ in before.values()]
    written_so = st.sampled_from(["60", "600219", "ding", "org:1", *names])
    asked = data.draw(st.lists(st.one_of(st.text(LETTERS, min_size=1, max_size=4), written_so), min_size=5))
    asked += ["".join(lazy_pinyin(name)) for name in names] + [name[1:] + "x" for name in names]
    for text in asked:
        assert changed.search(text, first=first) == new.search(text, first=first)


def test_the_last_of_all_is_found_with_a_letter_too_many():
    (hit,) = index_of(["公县"]).search("xianx")
    assert (hit.name, hit.matched_by) == ("公县", SearchMatch.SIMILAR)


def test_a_stack_with_too_many_changes_is_made_anew():
    stack = Stack.of("Organisation", [Entry("org:a", "Organisation", "甲")])
    many = [Entry(f"org:{n}", "Organisation", f"某{n}") for n in range(MOST_ABOVE + 1)]
    assert stack.changed((), many[1:]) is not None
    assert stack.changed((), many) is None


@given(st.text(min_size=1, max_size=100), st.lists(st.text(max_size=12), max_size=5))
@settings(deadline=None)
def test_any_text_is_answered(text: str, names: list[str]):
    if text.strip():
        assert isinstance(index_of(names).search(text), list)


SPELLED = st.text(
    st.sampled_from("定襄法蘭长治重庆乐绿女参ａＢ1_ß ﬁ\n㈱𠮷\u0301é（）"), max_size=12
) | st.text(max_size=12)


@given(st.lists(SPELLED, max_size=8))
@settings(deadline=None)
def test_many_texts_are_written_as_each_by_itself(texts: list[str]):
    cleaned = [clean(text) for text in texts]
    assert clean_all(texts) == cleaned
    assert simplify_all(cleaned) == [simplify(text) for text in cleaned]
    pairs = [(number, spelling) for number, text in enumerate(cleaned) for spelling in spellings(text)]
    owners, spelled = spell_all(cleaned)
    assert list(zip(owners, spelled, strict=True)) == pairs
    assert capitals_all(spelled) == [capitals(spelling) for spelling in spelled]


@given(st.lists(SPELLED, max_size=8), st.lists(SPELLED.filter(str.strip), min_size=1, max_size=8))
@settings(deadline=None, max_examples=50)
def test_a_saved_index_answers_as_the_one_that_was_saved(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], asked: list[str]
):
    entries = [
        Entry(
            f"org:{n}",
            "Town" if n % 3 else "Organisation",
            name,
            names[:n],
            [f"14{n}"],
            began=date(2000 + n, 1, 2),
        )
        for n, name in enumerate(names)
    ]
    index = SearchIndex.of(entries)
    folder = tmp_path_factory.mktemp("index") / "search"
    write_bundle(folder, *index.saved())
    opened = SearchIndex.opened(open_bundle(folder))
    assert opened is not None
    for text in (*asked, *filter(str.strip, names), "org", "14", "dx", "定"):
        for kinds in ((), {"Town"}):
            assert opened.search(text, kinds=kinds, first=20) == index.search(text, kinds=kinds, first=20)


def test_an_index_of_other_rules_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_bundle(tmp_path / "i", *INDEX.saved())
    monkeypatch.setattr(search, "rules", lambda: "other")
    assert SearchIndex.opened(open_bundle(tmp_path / "i")) is None
