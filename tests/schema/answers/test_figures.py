"""Figures of the demo, asked through GraphQL: how old they are, and what other scopes say."""

import pytest

FIGURE = "value unit year scope bound reach age stale inWords product { id }"


async def test_a_figure_of_2006_says_its_year(service):
    data = await service.data(
        f"""{{ town(id: "town:dingxiang-flange") {{
            old: figure(metric: MARKET_SHARE, scope: EXPORT, asOf: 2024) {{
                {FIGURE} conflicts {{ value year }} }}
            lenient: figure(metric: MARKET_SHARE, scope: EXPORT, asOf: 2024, staleOver: 18) {{
                stale inWords }}
            new: figure(metric: MARKET_SHARE, scope: EXPORT, asOf: 2025) {{ age stale inWords }} }} }}"""
    )
    old, lenient, new = (data["town"][name] for name in ("old", "lenient", "new"))
    assert (old["value"], old["year"], old["age"], old["stale"]) == (pytest.approx(0.62), 2006, 18, True)
    assert (old["inWords"], old["reach"], old["product"]) == ("62%（出口口径，2006 年）", "PART", None)
    assert old["conflicts"] == [{"value": pytest.approx(0.7), "year": None}]
    assert lenient == {"stale": False, "inWords": "62%（出口口径）"}
    assert (new["age"], new["stale"]) == (0, False)


async def test_without_a_figure_of_the_whole_the_other_scopes_are_shown(service):
    data = await service.data(
        f"""{{ town(id: "town:qingxu-vinegar") {{
            figure(metric: OUTPUT_VALUE, asOf: 2024) {{ value }}
            otherScopes(metric: OUTPUT_VALUE, asOf: 2024) {{ {FIGURE} otherScopes {{ scope value }} }}
            headline(asOf: 2024) {{ {FIGURE} }} }} }}"""
    )
    found = data["town"]
    assert found["figure"] is None
    chain, product = found["otherScopes"]
    assert (chain["scope"], chain["value"], chain["year"], chain["reach"]) == (
        "CHAIN",
        pytest.approx(6.5e9),
        2024,
        "SAME",
    )
    assert (product["scope"], product["value"], product["product"]) == (
        "PRODUCT",
        pytest.approx(3e9),
        {"id": "product:vinegar"},
    )
    assert chain["otherScopes"] == [{"scope": "PRODUCT", "value": pytest.approx(3e9)}]
    assert {name: found["headline"][name] for name in found["headline"]} == {
        name: value for name, value in chain.items() if name != "otherScopes"
    }
    assert chain["inWords"] == "65 亿元（全产业链（含关联行业）口径）"


async def test_a_headline_of_a_part_says_so(service):
    data = await service.data(
        """{ taigu: town(id: "town:taigu-malleable-iron") { headline(asOf: 2024) { scope reach inWords } }
            fenjiu: town(id: "town:xinghuacun-liquor") { headline(asOf: 2024) { scope reach inWords } }
            none: town(id: "town:sample-b") { headline(asOf: 2024) { scope } } }"""
    )
    assert data["taigu"]["headline"] == {
        "scope": "PARK",
        "reach": "PART",
        "inWords": "41.85 亿元（园区（开发区）口径）",
    }
    assert data["fenjiu"]["headline"]["inWords"] == "不少于 400 亿元（全产业链（含关联行业）口径）"
    assert data["none"]["headline"] is None


async def test_a_tier_takes_the_headline_and_names_its_scope(service):
    data = await service.data(
        """{ town(id: "town:qingxu-vinegar") { classOf(standard: "standard:output-tiers:2022", asOf: 2024) {
            known options { id } missingFacts note } } }"""
    )
    assert data["town"]["classOf"] == {
        "known": True,
        "options": [{"id": "tier-50"}],
        "missingFacts": [],
        "note": "全产业链（含关联行业）口径",
    }


async def test_a_negative_age_is_refused(service):
    for asked in ("figure(metric: OUTPUT_VALUE, staleOver: -1)", "headline(staleOver: -1)"):
        ((code, argument, _),) = await service.errors(
            f'{{ town(id: "town:qingxu-vinegar") {{ {asked} {{ value }} }} }}'
        )
        assert (code, argument) == ("BAD_USER_INPUT", "staleOver")
