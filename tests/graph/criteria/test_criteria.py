import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.criteria import (
    MEASURES,
    All,
    AnyOf,
    Classes,
    Comparison,
    Count,
    Evaluation,
    Leaf,
    Not,
    Operator,
    Quantity,
    Recognition,
    Step,
    Subject,
    Sum,
    faults,
    parse_rule,
    parse_standard,
    references,
    walk,
)
from graph.criteria.reading import DEEPEST
from graph.errors import InvalidRule
from graph.kinds.terms import OrganisationForm, Proximity, StandardPurpose

RECOGNITION, CLASSES, EVALUATION = (
    StandardPurpose.RECOGNITION,
    StandardPurpose.CLASSES,
    StandardPurpose.EVALUATION,
)
SHANXI = {
    "criteria": {
        "all": [
            {"id": "leader", "measure": "leading_enterprises", "at_least": 1, "words": "至少1家龙头企业"},
            {
                "id": "households",
                "measure": "supporting_households",
                "with": {"tiers": 1, "within": "ANY"},
                "at_least": 10,
            },
        ]
    },
    "prefer": {
        "any": [
            {"id": "centre", "measure": "holders", "with": {"qualification": ["tech-centre"]}, "at_least": 1},
            {"id": "sme", "measure": "holders", "with": {"qualification": "little-giant"}, "at_least": 1},
        ]
    },
}
OTHER_PROVINCE = {
    "criteria": {
        "all": [
            {"count": "leaders", "where": {"measure": "revenue", "above": 2e8}, "at_least": 2},
            {
                "count": "members",
                "where": {"measure": "size_class", "one_of": ["small", "micro"]},
                "at_least": 20,
            },
            {"sum": "REVENUE", "over": "members", "at_least": 2e9, "unit": "YUAN"},
            {"measure": "rnd_ratio", "at_least": 0.01},
            {"measure": "service_platforms", "at_least": 1},
        ]
    }
}
SIZES = {
    "classes": [
        {
            "id": "large",
            "words": "大型",
            "criteria": {
                "all": [{"measure": "employees", "at_least": 1000}, {"measure": "revenue", "at_least": 4e8}]
            },
        },
        {"id": "micro", "words": "微型"},
    ]
}
INDICATOR = {
    "id": "local",
    "measure": "local_sourcing_rate",
    "with": {"within": "COUNTY"},
    "weight": 30,
    "direction": "UP",
    "scaling": "THRESHOLDS",
    "points": [{"at_least": 0.4, "points": 100}, {"at_least": 0.2, "points": 60}],
    "missing": "EXCLUDE",
    "words": "本地配套率",
}
PLAIN = {
    "id": "size",
    "measure": "output_value",
    "weight": 70,
    "direction": "UP",
    "scaling": "MIN_MAX",
    "missing": "ZERO",
}
HOLDS = {"measure": "holds", "with": {"qualification": "little-giant"}, "equals": True}
REVENUE = {"measure": "revenue", "at_least": 1}


def _found(document: Any, purpose: StandardPurpose | None = None) -> list[tuple[str, str]]:
    text = document if isinstance(document, str) else json.dumps(document)
    return [(".".join(fault.path), str(fault)) for fault in faults(text, purpose)]


def _only(document: Any, purpose: StandardPurpose | None = None) -> tuple[str, str]:
    (one,) = _found(document, purpose)
    return one


def _town(rule: Any) -> tuple[str, str]:
    return _only({"criteria": rule}, RECOGNITION)


def test_the_shanxi_standard_is_read():
    read = parse_standard(json.dumps(SHANXI), RECOGNITION)
    assert isinstance(read, Recognition)
    assert isinstance(read.criteria, All)
    leader, households = read.criteria.parts
    assert isinstance(leader, Leaf)
    assert isinstance(households, Leaf)
    assert (leader.id, leader.words, leader.path) == ("leader", "至少1家龙头企业", "criteria.all[0]")
    assert leader.comparison == Comparison(Operator.AT_LEAST, 1)
    assert households.arguments.number("tiers") == 1
    assert households.arguments.proximity("within") is None
    assert isinstance(read.prefer, AnyOf)
    assert list(references(read)) == [
        ("prefer.any[0].with.qualification", "qualification:tech-centre"),
        ("prefer.any[1].with.qualification", "qualification:little-giant"),
    ]


def test_counts_and_sums_are_read_with_their_where():
    read = parse_standard(json.dumps(OTHER_PROVINCE), RECOGNITION)
    assert isinstance(read, Recognition)
    assert isinstance(read.criteria, All)
    leaders, small, revenue, _, _ = read.criteria.parts
    assert isinstance(leaders, Count)
    assert isinstance(leaders.where, Leaf)
    assert leaders.where.path == "criteria.all[0].where"
    assert leaders.where.measure.subject is Subject.ORGANISATION
    assert isinstance(small, Count)
    assert isinstance(small.where, Leaf)
    assert small.where.comparison.threshold == ("small", "micro")
    assert isinstance(revenue, Sum)
    assert (revenue.metric, revenue.unit, revenue.group) == ("REVENUE", "YUAN", "members")
    assert len(list(walk(read.criteria))) == 8


def test_classes_are_read_in_order_and_know_their_subject():
    read = parse_standard(json.dumps(SIZES), CLASSES)
    assert isinstance(read, Classes)
    assert read.subject is Subject.ORGANISATION
    assert [entry.id for entry in read.classes] == ["large", "micro"]
    assert read.classes[1].criteria is None
    tiers = {
        "classes": [{"id": "t", "words": "档", "criteria": {"measure": "output_value", "at_least": 5e10}}]
    }
    town = parse_standard(json.dumps(tiers), CLASSES)
    assert isinstance(town, Classes)
    assert town.subject is Subject.TOWN


def test_only_the_last_class_may_take_all_the_rest():
    both = {"classes": [{"id": "a", "words": "甲"}, {"id": "b", "words": "乙"}]}
    assert _only(both, CLASSES) == ("classes[0]", "缺少 “criteria”")


def test_an_evaluation_is_read():
    read = parse_standard(json.dumps({"indicators": [INDICATOR, PLAIN]}), EVALUATION)
    assert isinstance(read, Evaluation)
    local, size = read.indicators
    assert local.steps == (Step(0.2, 60), Step(0.4, 100))
    assert local.arguments.proximity("within") is Proximity.COUNTY
    assert (size.words, size.weight, size.missing) == ("产值", 70, "ZERO")


def test_a_benefit_is_a_plain_rule_on_an_organisation():
    read = parse_rule(
        json.dumps(
            {
                "all": [
                    {"not": HOLDS},
                    {"measure": "form", "one_of": ["ENTERPRISE", "COOPERATIVE"]},
                    {
                        "measure": "in_industry",
                        "with": {"industry": ["industry:4754-2017:3393"]},
                        "equals": True,
                    },
                    {"measure": "in_region", "with": {"region": "140921"}, "equals": True},
                    {"measure": "age", "at_most": 3, "unit": "年"},
                ]
            }
        )
    )
    assert isinstance(read, All)
    assert isinstance(read.parts[0], Not)
    assert [id for _, id in references(read)] == [
        "qualification:little-giant",
        "industry:4754-2017:3393",
        "region:140921",
    ]


def test_lists_of_terms_are_read_as_terms():
    members = {"measure": "members", "with": {"form": ["FAMILY_FARM", "COOPERATIVE"]}, "at_least": 1}
    read = parse_standard(json.dumps({"criteria": members}), RECOGNITION)
    assert isinstance(read, Recognition)
    assert isinstance(read.criteria, Leaf)
    assert read.criteria.arguments.terms("form", OrganisationForm) == (
        OrganisationForm.COOPERATIVE,
        OrganisationForm.FAMILY_FARM,
    )


@pytest.mark.parametrize(
    ("rule", "path", "word"),
    [
        ({"measure": "holdz", "equals": True}, "criteria.measure", "是否应为 “holds”"),
        ({"measure": "holders", "at_least": 1}, "criteria.measure", "用于专业镇，这里判断的是主体"),
        ({"count": "members", "at_least": 1}, "criteria.count", "用于专业镇"),
        ({**HOLDS, "with": {}}, "criteria.with", "缺少参数 “qualification”"),
        ({"measure": "holds", "equals": True}, "criteria", "缺少参数 “qualification”"),
        ({**HOLDS, "with": {"qualification": "a", "higher": True}}, "criteria.with.higher", "or_higher"),
        ({**REVENUE, "with": {"year": 1}}, "criteria.with.year", "未知的参数 “year”，这里不能写"),
        ({**HOLDS, "with": {"qualification": []}}, "criteria.with.qualification", "列表为空"),
        ({**HOLDS, "with": {"qualification": ["a", 5]}}, "criteria.with.qualification[1]", "不是标识"),
        ({**HOLDS, "with": {"qualification": ["a", "a"]}}, "criteria.with.qualification", "重复"),
        ({**HOLDS, "with": {"qualification": "org:x"}}, "criteria.with.qualification", "qualification:…"),
        ({**HOLDS, "with": {"qualification": "a:b"}}, "criteria.with.qualification", "不是标识"),
        ({**HOLDS, "with": ["a"]}, "criteria.with", "应为对象"),
        ({**HOLDS, "equals": 1}, "criteria.equals", "true 或 false"),
        ({"measure": "holds", "with": HOLDS["with"], "at_least": 1}, "criteria.at_least", "应用 equals"),
        ({"measure": "form", "equals": "FIRM"}, "criteria.equals", '"FIRM" 不在可用值内'),
        ({"measure": "form", "one_of": ["ENTERPRISE", "enterprise"]}, "criteria.one_of[1]", "“ENTERPRISE”"),
        ({"measure": "form", "one_of": []}, "criteria.one_of", "列表为空"),
        ({"measure": "size_class", "equals": "小型"}, "criteria.equals", "不是合法的标识"),
        ({"measure": "revenue"}, "criteria", "缺少比较"),
        ({**REVENUE, "below": 5}, "criteria", "比较只能写一个"),
        ({**REVENUE, "at_least": "1"}, "criteria.at_least", '应为数字，而不是 "1"'),
        ({**REVENUE, "at_least": True}, "criteria.at_least", "应为数字"),
        ({**REVENUE, "at_least": -1}, "criteria.at_least", "不小于 0"),
        ({**REVENUE, "unit": "万元"}, "criteria.unit", "应为 YUAN（元），门槛按 1 万元 = 10000 元 换算"),
        ({**REVENUE, "unit": "PERSON"}, "criteria.unit", "应为 YUAN"),
        ({**HOLDS, "unit": "COUNT"}, "criteria.unit", "这里没有单位"),
        ({"measure": "employees", "at_least": 1.5}, "criteria.at_least", "应为整数"),
        ({"measure": "revenue", "below": 0}, "criteria", "没有值能满足"),
        ({"all": []}, "criteria.all", "列表为空"),
        ({"any": []}, "criteria.any", "列表为空"),
        ({"any": REVENUE}, "criteria.any", "应为列表"),
        ({"al": [REVENUE]}, "criteria", "是否应为 “all”"),
        ({"any": [REVENUE], "all": [REVENUE]}, "criteria", "all、any 只能写一个"),
        ([REVENUE], "criteria", "应为对象"),
        ({**REVENUE, "atleast": 3}, "criteria.atleast", "是否应为 “at_least”"),
        ({**REVENUE, "words": " "}, "criteria.words", "非空文字"),
        ({**REVENUE, "words": "\ud800"}, "criteria.words", "不可显示"),
        ({**REVENUE, "id": "A b"}, "criteria.id", "不是合法的标识"),
        ({"all": [{**REVENUE, "id": "a"}, {**HOLDS, "id": "a"}]}, "criteria.all[1].id", "重复"),
    ],
)
def test_a_fault_is_named_with_its_path_and_what_would_be_right(rule: Any, path: str, word: str):
    where, message = _only(rule)
    assert where == path
    assert word in message


@pytest.mark.parametrize(
    ("rule", "path", "word"),
    [
        ({"measure": "rnd_ratio", "at_least": 40}, "criteria.at_least", "（40% 写作 0.4）"),
        ({"measure": "holds", "equals": True}, "criteria.measure", "用于主体，这里判断的是专业镇"),
        (
            {"measure": "growth", "with": {"metric": "OUTPUT"}, "above": 0},
            "criteria.with.metric",
            "OUTPUT_VALUE",
        ),
        (
            {"measure": "supporting_households", "with": {"tiers": 9}, "above": 0},
            "criteria.with.tiers",
            "1 至 5",
        ),
        (
            {"measure": "local_sourcing_rate", "with": {"within": "ANY"}, "above": 0},
            "criteria.with.within",
            "TOWN",
        ),
        ({"count": "leader", "at_least": 1}, "criteria.count", "“leaders”"),
        ({"count": "members", "with": {"tiers": 1}, "at_least": 1}, "criteria.with.tiers", "未知的参数"),
        (
            {"count": "members", "where": {"measure": "tier", "equals": "a"}, "above": 1},
            "criteria.where.measure",
            "主体",
        ),
        ({"count": "members", "unit": "PERSON", "at_least": 1}, "criteria.unit", "COUNT"),
        ({"sum": "INCOME", "over": "members", "at_least": 1}, "criteria.sum", "不在可用值内"),
        ({"sum": "MARKET_SHARE", "over": "members", "at_least": 1}, "criteria.sum", "不能相加"),
        ({"sum": "REVENUE", "at_least": 1}, "criteria", "缺少 “over”"),
        (
            {"sum": "PRODUCTION_VOLUME", "over": "members", "at_least": 1},
            "criteria",
            "TONNE（吨）、PIECE（件）",
        ),
    ],
)
def test_a_fault_in_a_rule_on_towns(rule: Any, path: str, word: str):
    where, message = _town(rule)
    assert where == path
    assert word in message


@pytest.mark.parametrize(
    ("change", "path", "word"),
    [
        ({"weight": -1}, "indicators[0].weight", "-1 超出范围"),
        ({"weight": 0}, "indicators", "权重全为 0"),
        ({"measure": "tier"}, "indicators[0].measure", "不是数值"),
        ({"measure": "revenue"}, "indicators[0].measure", "用于主体"),
        ({"direction": "up"}, "indicators[0].direction", "“UP”"),
        ({"scaling": "THRESHOLDS"}, "indicators[0]", "应写 points"),
        ({"points": []}, "indicators[0]", "其余不写"),
        ({"missing": None}, "indicators[0].missing", "EXCLUDE、ZERO"),
        ({"unit": "COUNT"}, "indicators[0].unit", "YUAN"),
        ({"size": 1}, "indicators[0].size", "未知的键"),
    ],
)
def test_a_fault_in_an_indicator(change: dict[str, Any], path: str, word: str):
    where, message = _only({"indicators": [{**PLAIN, **change}]}, EVALUATION)
    assert where == path
    assert word in message


@pytest.mark.parametrize(
    ("direction", "key", "points"),
    [("UP", "at_least", (60, 50)), ("DOWN", "at_most", (50, 60)), ("UP", "at_least", (50, 50))],
)
def test_harder_steps_must_give_more_points(direction: str, key: str, points: tuple[int, int]):
    steps = [{key: 0.2, "points": points[0]}, {key: 0.4, "points": points[1]}]
    where, message = _only(
        {"indicators": [{**INDICATOR, "direction": direction, "points": steps}]}, EVALUATION
    )
    assert where == "indicators[0].points"
    assert "要求越高 points 越多" in message


def test_ids_are_unique_over_a_document():
    twice = {"criteria": {**SHANXI["criteria"]["all"][0]}, "prefer": {**SHANXI["criteria"]["all"][0]}}
    assert _only(twice, RECOGNITION)[0] == "prefer.id"
    assert _only({"indicators": [PLAIN, PLAIN]}, EVALUATION)[0] == "indicators[1].id"
    same = {"classes": [SIZES["classes"][0], {"id": "large", "words": "其他"}]}
    assert _only(same, CLASSES)[0] == "classes[1].id"


def test_a_missing_part_of_a_document_is_told():
    assert _only({}, RECOGNITION) == ("", "缺少 “criteria”")
    assert _only({}, CLASSES) == ("", "缺少 “classes”")
    assert _only({"indicators": []}, EVALUATION)[1] == "列表为空，应至少有一项"
    assert _only({"criterea": REVENUE, **SHANXI}, RECOGNITION)[0] == "criterea"


@pytest.mark.parametrize("text", ["", "{", '{"all": [}', "\ufeff{}", "[" * 100_000, "nul"])
def test_text_that_is_not_json_is_one_fault_with_the_place(text: str):
    where, message = _only(text)
    assert where == "criteria"
    assert "JSON" in message


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
def test_a_number_that_is_none_is_refused_where_it_stands(number: str):
    where, message = _only(f'{{"any": [{{"measure": "revenue", "at_least": {number}}}]}}')
    assert where == "criteria.any[0].at_least"
    assert "有限的数字" in message


def test_a_key_written_twice_is_refused():
    where, message = _only('{"measure": "revenue", "at_least": 1, "at_least": 2}')
    assert where == "criteria.at_least"
    assert "写了两次" in message


def _nested(levels: int) -> Any:
    rule: Any = REVENUE
    for _ in range(levels - 1):
        rule = {"not": rule}
    return rule


def test_nesting_ends():
    assert _found(_nested(DEEPEST)) == []
    where, message = _only(_nested(DEEPEST + 1))
    assert where == "criteria" + ".not" * DEEPEST
    assert f"超过 {DEEPEST} 层" in message
    assert len(_found(_nested(400))) == 1


def test_all_faults_are_listed_and_the_first_is_raised():
    rule = {"all": [{"measure": "holdz"}, {"measure": "revenue"}, {**REVENUE, "x": 1}]}
    assert [path for path, _ in _found(rule)] == [
        "criteria.all[0].measure",
        "criteria.all[1]",
        "criteria.all[2].x",
    ]
    with pytest.raises(InvalidRule, match="holdz") as caught:
        parse_rule(json.dumps(rule))
    assert list(caught.value.path) == ["criteria", "all[0]", "measure"]
    with pytest.raises(InvalidRule):
        parse_standard("{", EVALUATION)


def _members(**comparison: Any) -> dict[str, Any]:
    return {"measure": "members", **comparison}


@pytest.mark.parametrize(
    "pair",
    [
        ({"at_least": 10}, {"at_most": 5}),
        ({"above": 5}, {"at_most": 5}),
        ({"above": 5}, {"below": 6}),
        ({"equals": 3}, {"at_least": 4}),
        ({"equals": 3}, {"equals": 4}),
        ({"one_of": [1, 2]}, {"above": 2}),
    ],
)
def test_bounds_that_exclude_each_other_are_refused(pair: tuple[dict[str, Any], dict[str, Any]]):
    where, message = _town({"all": [_members(**pair[0]), {"all": [_members(**pair[1])]}]})
    assert where == "criteria.all[1].all[0]"
    assert "互相矛盾" in message


@pytest.mark.parametrize(
    "rule",
    [
        {"all": [_members(at_least=5), _members(at_most=5)]},
        {"any": [_members(at_least=10), _members(at_most=5)]},
        {"all": [_members(at_least=10), {"not": _members(at_most=5)}]},
        {"all": [_members(at_least=10), {**_members(at_most=5), "with": {"form": "AGENCY"}}]},
        {"all": [_members(one_of=[1, 2]), _members(above=1)]},
        {"all": [{"measure": "rnd_ratio", "above": 0.1}, {"measure": "rnd_ratio", "below": 0.2}]},
    ],
)
def test_bounds_that_can_hold_are_read(rule: Any):
    assert _found({"criteria": rule}, RECOGNITION) == []


def test_a_default_argument_is_the_same_as_the_given_one():
    silent = {"measure": "supporting_households", "at_least": 9}
    spoken = {"measure": "supporting_households", "with": {"tiers": 1, "within": "ANY"}, "at_most": 1}
    assert "互相矛盾" in _town({"all": [silent, spoken]})[1]


def test_contradictions_are_found_in_counts_sums_where_and_terms():
    small = {"measure": "revenue", "below": 5}
    count = {"count": "members", "where": small}
    assert "矛盾" in _town({"all": [{**count, "above": 5}, {**count, "below": 5}]})[1]
    total = {"sum": "REVENUE", "over": "leaders"}
    assert "矛盾" in _town({"all": [{**total, "above": 5}, {**total, "equals": 5}]})[1]
    both = {"all": [small, {"measure": "revenue", "above": 5}]}
    assert _town({"count": "members", "where": both, "above": 5})[0] == "criteria.where.all[1]"
    assert "矛盾" in _only({"all": [HOLDS, {**HOLDS, "equals": False}]})[1]
    form = {"measure": "form"}
    assert "矛盾" in _only({"all": [{**form, "equals": "AGENCY"}, {**form, "one_of": ["ENTERPRISE"]}]})[1]


@given(
    st.lists(
        st.tuples(st.sampled_from(["at_least", "at_most", "above", "below", "equals"]), st.integers(0, 6)),
        min_size=1,
        max_size=4,
    )
)
def test_contradictions_agree_with_trying_every_number(bounds: list[tuple[str, int]]):
    meets = {
        "at_least": int.__ge__,
        "at_most": int.__le__,
        "above": int.__gt__,
        "below": int.__lt__,
        "equals": int.__eq__,
    }
    possible = any(all(meets[o](value, t) for o, t in bounds) for value in range(9))
    rule = {"all": [_members(**{operator: threshold}) for operator, threshold in bounds]}
    assert (not _found({"criteria": rule}, RECOGNITION)) == possible


WORDS = st.sampled_from(
    [
        "all",
        "any",
        "not",
        "measure",
        "count",
        "sum",
        "over",
        "where",
        "with",
        "at_least",
        "one_of",
        "equals",
        "unit",
        "id",
        "words",
        "classes",
        "indicators",
        "criteria",
        "weight",
        "points",
        "scaling",
        "x",
    ]
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.sampled_from([*MEASURES, "members", "REVENUE", "THRESHOLDS", "UP", "ZERO", "org:x"]),
)
DOCUMENTS = st.recursive(
    VALUES, lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=5), max_leaves=20
)


@given(DOCUMENTS, st.sampled_from([None, *StandardPurpose]))
def test_any_json_is_read_or_refused(document: Any, purpose: StandardPurpose | None):
    text = json.dumps(document)
    if faults(text, purpose):
        with pytest.raises(InvalidRule):
            parse_rule(text) if purpose is None else parse_standard(text, purpose)
    else:
        assert parse_rule(text) if purpose is None else parse_standard(text, purpose)


@given(st.text())
def test_any_text_is_read_or_refused(text: str):
    assert all(fault.args[0] for fault in faults(text))


def test_every_measure_of_the_design_is_known():
    towns = (
        "leading_enterprises supporting_households holders members output_value tier growth market_entities "
        "above_scale_enterprises rnd_ratio service_platforms local_sourcing_rate problem_resolution_rate "
        "project_completion_rate"
    )
    organisations = (
        "form size_class revenue employees age in_region in_industry in_town leads_town holds received makes"
    )
    for subject, names in ((Subject.TOWN, towns), (Subject.ORGANISATION, organisations)):
        assert set(names.split()) <= {m.name for m in MEASURES.values() if m.subject is subject}
    assert all(m.words and all(p.words for p in m.parameters) for m in MEASURES.values())


def test_a_quantity_has_a_unit_and_sensible_bounds():
    quantities = [m.value for m in MEASURES.values() if isinstance(m.value, Quantity)]
    assert all(q.unit.words and q.low < q.high for q in quantities)


def test_a_rule_of_a_machine_is_refused():
    leaf = {"measure": "supporting_households", "at_least": 1}
    many = json.dumps({"criteria": {"all": [leaf] * 101}})
    (fault,) = faults(many, StandardPurpose.RECOGNITION)
    assert (fault.path, str(fault)) == (("criteria", "all"), "有 101 项，最多 100 项")
    (fault,) = faults(json.dumps({"criteria": {"all": [leaf] * 3000}}), StandardPurpose.RECOGNITION)
    assert "最多 100,000 字符" in str(fault)
