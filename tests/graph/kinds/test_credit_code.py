from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.kinds import credit_code as cc

KNOWN = "91110000600037341L"

bodies = st.text(cc.ALPHABET, min_size=17, max_size=17)
inner_bodies = st.text(cc.ALPHABET, min_size=8, max_size=8)


def _coded(body: str) -> str:
    return body + cc.check_character(body)


def _edited(text: str, place: int, character: str) -> str:
    return text[:place] + character + text[place + 1 :]


# Codes in public use: python-stdnum's example, Huawei, Tencent, Alibaba.
@pytest.mark.parametrize(
    "code",
    [KNOWN, "914403001922038216", "9144030071526726XG", "91330100799655058B"],
)
def test_a_published_code_is_valid_without_doubt(code: str):
    assert cc.fault(code) is None
    assert cc.warnings(code) == []


def test_a_wrong_check_character_is_told_the_right_one():
    assert "应为 L" in (cc.fault(KNOWN[:-1] + "M") or "")


def test_a_wrong_length_is_told():
    assert "17 位，应为 18 位" in (cc.fault(KNOWN[:-1]) or "")
    assert cc.fault("") is not None


@pytest.mark.parametrize("character", list("IOSVZ") + ["-", " ", "Ａ", "٣", "中", "²"])  # noqa: RUF005
def test_a_character_outside_the_alphabet_is_named_with_its_place(character: str):
    assert f"第 11 位 “{character}” 不可用" in (cc.fault(_edited(KNOWN, 10, character)) or "")


def test_a_small_letter_is_told_to_be_a_capital():
    assert "第 18 位 “l” 应为大写 L" in (cc.fault(KNOWN.lower()) or "")


def test_the_standards_weights_are_the_powers_of_three():
    assert cc._WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@given(bodies, st.integers(0, 17), st.sampled_from(cc.ALPHABET))
def test_any_one_changed_character_is_found(body: str, place: int, character: str):
    code = _coded(body)
    assert cc.fault(code) is None
    assert (cc.fault(_edited(code, place, character)) is None) == (code[place] == character)


def test_no_change_of_one_character_can_hide():
    """31 is prime: weight × difference is a multiple of it only for no difference."""
    assert all(w * d % 31 for w in cc._WEIGHTS for d in range(1, 31))


def test_only_the_first_and_last_can_change_places_unseen():
    """With the check character (weight 1) the sum is 0 mod 31; two equal weights hide a swap."""
    weights = (*cc._WEIGHTS, 1)
    assert [(i, j) for i, j in combinations(range(18), 2) if weights[i] == weights[j]] == [(0, 17)]


@given(bodies, st.integers(0, 17), st.integers(0, 17))
def test_two_characters_that_change_places_are_found(body: str, i: int, j: int):
    code = _coded(body)
    swapped = _edited(_edited(code, i, code[j]), j, code[i])
    assert (cc.fault(swapped) is None) == (swapped == code or {i, j} == {0, 17})


@pytest.mark.parametrize("inner", ["600037341", "192203821", "71526726X", "799655058", "71093123X"])
def test_a_published_organisation_code_has_its_check(inner: str):
    assert cc.inner_check_character(inner[:8]) == inner[8]


@given(inner_bodies, st.integers(0, 7), st.sampled_from(cc.ALPHABET))
def test_the_inner_check_misses_only_differences_of_eleven(body: str, place: int, character: str):
    same = cc.inner_check_character(_edited(body, place, character)) == cc.inner_check_character(body)
    assert same == ((int(character, 36) - int(body[place], 36)) % 11 == 0)


def test_the_inner_check_finds_every_changed_digit():
    for body, place in (("00000000", place) for place in range(8)):
        checks = [cc.inner_check_character(_edited(body, place, digit)) for digit in "0123456789"]
        assert all(a != b for a, b in permutations(checks, 2))


def test_a_broken_inner_check_is_a_doubt_not_a_fault():
    code = _coded("91110000600037342")
    assert cc.fault(code) is None
    (doubt,) = cc.warnings(code)
    assert "“600037342” 的校验位（第 17 位）为 2，应为 1" in doubt


@pytest.mark.parametrize("head", ["91", "92", "93", "N1", "N2", "N3", "12", "11", "13", "54", "A1", "Y1"])
def test_a_class_in_use_is_no_doubt(head: str):
    assert cc.warnings(_coded(f"{head}140921600037341")) == []


@pytest.mark.parametrize(("head", "word"), [("B1", "第 1 位"), ("95", "第 2 位"), ("Y9", "第 2 位")])
def test_an_unknown_class_is_a_doubt(head: str, word: str):
    (doubt,) = cc.warnings(_coded(f"{head}140921600037341"))
    assert word in doubt


@pytest.mark.parametrize("region", ["140624", "140421", "100000", "149999"])
def test_a_former_and_an_invented_region_are_no_doubt(region: str):
    assert cc.warnings(_coded(f"91{region}600037341")) == []


@pytest.mark.parametrize("region", ["990000", "14A921"])
def test_an_impossible_region_is_a_doubt(region: str):
    (doubt,) = cc.warnings(_coded(f"91{region}600037341"))
    assert region in doubt


def test_an_invented_code_is_known_by_its_region():
    assert cc.invented(_coded("91149999600037341"))
    assert not cc.invented(KNOWN)


def test_a_faulty_code_has_no_further_doubts():
    assert cc.warnings("B1") == []


@given(st.text(max_size=24))
def test_no_text_breaks_the_check(text: str):
    assert cc.fault(text) is None or cc.warnings(text) == []
