"""Policies both ways: benefits of an organisation, organisations of a benefit, what a town has yet to get."""

import strawberry

from queries.policies.benefits import (
    BenefitOrganisations,
    OrganisationBenefits,
    benefit_organisations,
    organisation_benefits,
)
from queries.policies.changes import WhatItTakes, what_it_takes
from queries.policies.decisions import BenefitStatus, ReceiptState
from queries.policies.facts import FactsToCollect, facts_to_collect
from queries.policies.reach import PolicyValidity
from queries.policies.towns import (
    AllBenefits,
    PolicyBenefits,
    PolicyCoverage,
    TownBenefits,
    UnclaimedBenefits,
    all_benefits,
    policy_benefits,
    policy_coverage,
    town_benefits,
    unclaimed_of_policy,
    unclaimed_of_town,
)
from schema.language.enums import enum_type
from schema.language.question import Argument, Question

FIRST = Argument(int, "取前几个，1–500；总数见相应的计数", 20)
VALIDITY = Argument(
    enum_type(PolicyValidity) | None,
    "只列政策在所问年份有此效力者；空为全部",
    PolicyValidity.IN_FORCE,
)
STATUS = enum_type(BenefitStatus) | None
QUESTIONS = (
    Question(
        "benefits",
        "此主体的政策措施：可享、不可享（差什么）、待核（缺什么），当年是否已享",
        organisation_benefits,
        OrganisationBenefits,
        on="Organisation",
        arguments={
            "status": Argument(STATUS, "只列此情形者；空为全部", None),
            "validity": VALIDITY,
            "first": FIRST,
        },
    ),
    Question(
        "whatItTakes",
        "怎样才能享受一项政策措施：最少要改变（或查明）哪些条件",
        what_it_takes,
        WhatItTakes,
        on="Organisation",
        arguments={"benefit": Argument(strawberry.ID, "政策措施的标识")},
        weight=20,
    ),
    Question(
        "eligible",
        "此措施的主体：谁可享、谁不可享、谁待核，谁已享",
        benefit_organisations,
        BenefitOrganisations,
        on="Benefit",
        arguments={
            "status": Argument(STATUS, "只列此情形者；空为全部", BenefitStatus.ELIGIBLE),
            "received": Argument(
                enum_type(ReceiptState) | None,
                "只列当年已享、往年已享过（一次性措施）、未享或是否已享不详者；空为全部",
                None,
            ),
            "within": Argument(
                strawberry.ID | None, "只列某专业镇自己的、或位于某行政区划的主体；空为全部", None
            ),
            "first": FIRST,
        },
    ),
    Question(
        "benefitCounts",
        "全部政策措施的享受情形：各有多少主体可享、已享、应享未享；给镇的措施也在其内",
        all_benefits,
        AllBenefits,
        arguments={
            "in_force": Argument(VALIDITY.type, VALIDITY.words, VALIDITY.default, name="validity"),
            "first": FIRST,
        },
    ),
    Question(
        "takeUp",
        "此政策各项措施的享受情形：各有多少主体可享、已享、应享未享",
        policy_benefits,
        PolicyBenefits,
        on="Policy",
    ),
    Question(
        "unclaimedBenefits",
        "应享未享：可享此政策的措施而当年没有享受的主体",
        unclaimed_of_policy,
        UnclaimedBenefits,
        on="Policy",
        arguments={
            "within": Argument(strawberry.ID | None, "只列某专业镇自己的主体；空为全部", None),
            "first": FIRST,
        },
    ),
    Question(
        "benefits",
        "本镇的政策措施：各有多少主体可享、已享、应享未享；给镇的措施也在其内",
        town_benefits,
        TownBenefits,
        on="Town",
        arguments={
            "in_force": Argument(VALIDITY.type, VALIDITY.words, VALIDITY.default, name="validity"),
            "first": FIRST,
        },
    ),
    Question(
        "unclaimedBenefits",
        "应享未享：本镇主体可享而当年没有享受的措施",
        unclaimed_of_town,
        UnclaimedBenefits,
        on="Town",
        arguments={
            "benefit": Argument(strawberry.ID | None, "只列此措施；空为全部", None),
            "first": FIRST,
        },
    ),
    Question(
        "policyCoverage",
        "政策享受率：当年已享占应享之比及其上下限，不详者另计，分要素类型",
        policy_coverage,
        PolicyCoverage,
        on="Town",
    ),
    Question(
        "factsToCollect",
        "先收集哪家的哪项事实：使最多待核的政策判断有结论",
        facts_to_collect,
        FactsToCollect,
        on="Town",
        arguments={"first": FIRST},
        weight=50,
    ),
)
