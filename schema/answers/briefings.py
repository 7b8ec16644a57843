"""Briefings: a town, or an organisation, on one page; `zhenlian brief` writes the same as a Word document."""

from queries.briefings.organisation import OrganisationBriefing, organisation_briefing
from queries.briefings.town import TownBriefing, town_briefing
from schema.language.question import Argument, Question

QUESTIONS = (
    Question(
        "briefing",
        "镇画像：一页纸所需的全部内容，可写成 Word（/briefings/{id}.docx）",
        town_briefing,
        TownBriefing,
        on="Town",
        arguments={"first": Argument(int, "各表取前几行，1–20", 3)},
        weight=60,
        what_if=False,
    ),
    Question(
        "briefing",
        "企业画像：一页纸所需的全部内容，可写成 Word（/briefings/{id}.docx）",
        organisation_briefing,
        OrganisationBriefing,
        on="Organisation",
        arguments={"first": Argument(int, "各表取前几行，1–20", 5)},
        weight=100,
        what_if=False,
    ),
)
