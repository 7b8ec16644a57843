"""Identity: names read alike however they are written, and proposals that say why."""

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.kinds.credit_code import check_character
from graph.kinds.entities import Organisation, Region, Town
from graph.kinds.facts import Ruling
from graph.kinds.relations import LocatedIn, MemberOf
from graph.kinds.terms import OrganisationForm, RegionLevel, RulingAction, TownLevel, TownStatus
from graph.snapshot.snapshot import Snapshot
from queries.identity.evidence import IdentityDifferenceKind, IdentityEvidenceKind
from queries.identity.names import name_of, places_of
from queries.identity.pairing import pairs
from queries.identity.proposals import identity_proposals
from queries.identity.roster import roster_of
from queries.identity.same_as import same_as

YEAR = 2024
REGIONS = [
    Region(id="region:140000", name="山西省", aliases=["山西"], level=RegionLevel.PROVINCE),
    Region(id="region:140700", name="晋中市", aliases=["晋中"], level=RegionLevel.CITY),
    Region(
        id="region:140703",
        name="太谷区",
        aliases=["太谷"],
        level=RegionLevel.COUNTY,
        former_codes=["140726"],
    ),
    Region(id="region:140404", name="上党区", aliases=["上党"], level=RegionLevel.COUNTY),
    Region(id="region:140400", name="长治市", aliases=["长治"], level=RegionLevel.CITY),
    Region(id="region:140215", name="云州区", aliases=["云州"], level=RegionLevel.COUNTY),
]
PLACES = places_of(Snapshot.of(REGIONS))


def code_of(body):
    return body + check_character(body)


CODE_A, CODE_B = code_of("91140703600037341"), code_of("91140703600037342")
TYPO = "91140726600037341"  # the same inner code under another office


def organisation(  # noqa: PLR0913 - what a row has
    id, name, *, form=OrganisationForm.ENTERPRISE, aliases=(), uscc=None, closed=None
):
    return Organisation(
        id=f"org:{id}", name=name, form=form, aliases=list(aliases), uscc=uscc, closed_on=closed
    )


def snapshot_of(*organisations, counties=None, towns=None, rulings=()):
    town = Town(id="town:t", name="玛钢", level=TownLevel.COUNTY, status=TownStatus.CANDIDATE)
    relations = [LocatedIn(start=f"org:{o}", end=f"region:{r}") for o, r in (counties or {}).items()]
    relations += [MemberOf(start=f"org:{o}", end="town:t") for o in towns or ()]
    return Snapshot.of([*REGIONS, town, *organisations, *rulings], relations, newest_year=YEAR)


def proposed(snapshot, **asked):
    found = identity_proposals(snapshot, as_of=YEAR, **asked)
    return {(snapshot.id_of(r.a)[4:], snapshot.id_of(r.b)[4:]): r for r in found.rows}


@pytest.mark.parametrize(
    ("text", "core", "county"),
    [
        ("山西省晋中市太谷县恒达玛钢有限公司", "恒达玛钢", "region:140703"),
        ("太谷區恆達瑪鋼股份有限公司", "恒达玛钢", "region:140703"),
        ("恒达玛钢（太谷）集团有限公司", "恒达玛钢", "region:140703"),
        ("长治县振东药材专业合作社", "振东药材", "region:140404"),
        ("长治市振东药材专业合作社", "振东药材", None),
        ("大同县黄花农民专业合作社", "黄花", "region:140215"),
        ("ＡＢＣ（中国）厂", "abc中国", None),
        ("太谷公司", "太谷", None),
        ("恒达玛钢太谷分公司", "恒达玛钢太谷分公司", None),
        ("厂", "厂", None),
        ("（）", "（）", None),
    ],
)
def test_a_name_is_taken_apart(text, core, county):
    found = name_of(text, PLACES)
    ids = Snapshot.of(REGIONS).nodes["Region"]["id"]
    assert (found.core, ids[found.county] if found.county >= 0 else None) == (core, county)


WORDS = st.text(alphabet="恒达玛钢铸造宝源鑫盛", min_size=2, max_size=6)
FORMS = st.sampled_from(["有限公司", "有限责任公司", "股份有限公司", "厂", ""])
FRONTS = st.sampled_from(["", "太谷", "太谷县", "太谷区", "山西太谷", "山西省晋中市太谷区"])


@given(WORDS, FRONTS, FORMS)
@settings(max_examples=40, deadline=None)
def test_a_core_is_the_same_however_it_is_written(word, front, form):
    assert name_of(front + word + form, PLACES).core == word
    assert name_of(f"{word}（太谷）{form}", PLACES).core == word
    assert name_of(f" {front}【{word}】 {form}", PLACES).core == word


@given(st.text(max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_part_is_ever_empty(text):
    found = name_of(text, PLACES)
    assert found.folded
    assert found.core


def test_each_kind_of_evidence():
    snapshot = snapshot_of(
        organisation("a", "太谷县恒达玛钢有限公司", uscc=CODE_A),
        organisation("b", "恒達瑪鋼（太谷）股份有限公司"),
        organisation("c", "甲乙丙", uscc=CODE_A),
        organisation("d", "太谷区恒玛达钢厂"),
        organisation("e", "太谷区恒达玛厂"),
        organisation("f", "恒达", aliases=["老恒达玛钢"]),
        organisation("g", "老恒达玛钢厂"),
        organisation("h", "恒达玛铁", uscc=code_of(TYPO)),
        counties=dict.fromkeys("abcdefgh", 140703),
        towns="af",
    )
    found = {pair: row.evidence for pair, row in proposed(snapshot, at_least=0.01).items()}
    assert found["a", "b"] == [IdentityEvidenceKind.SAME_CORE]
    assert found["a", "c"] == [IdentityEvidenceKind.SAME_CODE]
    assert found["a", "d"] == [IdentityEvidenceKind.SWAPPED]
    assert found["a", "e"] == [IdentityEvidenceKind.DROPPED]
    assert found["a", "f"] == [IdentityEvidenceKind.SHORT_NAME]
    assert found["f", "g"] == [IdentityEvidenceKind.ALIAS]
    assert found["a", "h"] == [IdentityEvidenceKind.INNER_CODE, IdentityEvidenceKind.REPLACED]
    assert ("d", "f") not in found, "a beginning counts within one town only"


def test_the_same_name_in_one_county_and_form_is_the_strongest_of_names():
    a, b = organisation("a", "恒达玛钢厂"), organisation("b", "恒达 瑪鋼 厂")
    near = proposed(snapshot_of(a, b, counties={"a": 140703, "b": 140703}))["a", "b"]
    assert near.evidence == [
        IdentityEvidenceKind.SAME_NAME,
        IdentityEvidenceKind.FULL_NAME,
        IdentityEvidenceKind.SAME_CORE,
    ]
    assert near.score == pytest.approx(1 - 0.1 * 0.2 * 0.35)
    far = proposed(snapshot_of(a, b, counties={"a": 140703, "b": 140404}), at_least=0.1)["a", "b"]
    assert far.against == [IdentityDifferenceKind.DIFFERENT_COUNTY]
    assert far.score == pytest.approx((1 - 0.2 * 0.35) * 0.6)


def test_different_codes_are_never_proposed_highly():
    a, b = organisation("a", "恒达玛钢厂", uscc=CODE_A), organisation("b", "恒达玛钢厂", uscc=CODE_B)
    snapshot = snapshot_of(a, b, counties={"a": 140703, "b": 140703})
    assert proposed(snapshot) == {}
    row = proposed(snapshot, at_least=0.1)["a", "b"]
    assert (row.score, row.against) == (0.2, [IdentityDifferenceKind.DIFFERENT_CODE])


def test_plants_with_different_numbers_are_not_proposed():
    a, b, c = (organisation(i, f"太谷玛钢{n}厂") for i, n in zip("abc", ("二", "三", "十二"), strict=True))
    snapshot = snapshot_of(a, b, c)
    assert proposed(snapshot) == {}
    assert proposed(snapshot, at_least=0.01)["a", "b"].against == [IdentityDifferenceKind.DIFFERENT_NUMBER]


def test_bodies_of_different_regions_are_not_proposed():
    bodies = [
        organisation(i, f"{place}专业镇办公室", form=OrganisationForm.AGENCY)
        for i, place in zip("abc", ("山西省", "太谷区", "云州区"), strict=True)
    ]
    assert proposed(snapshot_of(*bodies)) == {}


def test_what_was_ruled_apart_is_left_out_and_counted():
    firms = organisation("a", "恒达玛钢厂"), organisation("b", "恒达玛钢有限公司")

    def ruling(undone=None):
        return Ruling(
            id="ruling:1",
            action=RulingAction.APART,
            about="org:b",
            other="org:a",
            reason="两家",
            ruled_on=date(2024, 1, 1),
            undone_on=undone,
        )

    assert set(proposed(snapshot_of(*firms))) == {("a", "b")}
    ruled = identity_proposals(snapshot_of(*firms, rulings=[ruling()]), as_of=YEAR)
    assert (list(ruled.rows), ruled.count, ruled.apart) == ([], 0, 1)
    undone = snapshot_of(*firms, rulings=[ruling(date(2024, 2, 1))])
    assert set(proposed(undone)) == {("a", "b")}


def test_a_town_and_a_year_narrow_the_list():
    firms = [organisation(i, "恒达玛钢厂") for i in "ab"] + [organisation(i, "宝源铸造厂") for i in "cd"]
    snapshot = snapshot_of(*firms, towns="a")
    assert set(proposed(snapshot)) == {("a", "b"), ("c", "d")}
    assert set(proposed(snapshot, town="town:t")) == {("a", "b")}
    gone = snapshot_of(firms[0], organisation("b", "恒达玛钢厂", closed=date(2020, 1, 1)))
    assert proposed(gone) == {}
    cut = identity_proposals(snapshot, as_of=YEAR, first=1)
    assert (len(cut.rows), cut.count) == (1, 2)
    for wrong in ({"at_least": 0}, {"at_least": 1.1}, {"first": 0}, {"town": "org:a"}):
        with pytest.raises(BadInput):
            identity_proposals(snapshot, as_of=YEAR, **wrong)


def test_a_crowd_with_one_key_is_counted_not_dropped():
    snapshot = snapshot_of(*(organisation(str(n), "恒达玛钢厂") for n in range(5)))
    roster = roster_of(snapshot, YEAR)
    assert len(pairs(roster, most=5).left) == 10
    skipped = {one.evidence: (one.groups, one.largest) for one in pairs(roster, most=4).skipped}
    assert skipped[IdentityEvidenceKind.SAME_CORE] == (1, 5)
    assert skipped[IdentityEvidenceKind.FULL_NAME] == (1, 5)


NAMES = st.lists(
    st.tuples(FRONTS, st.text(alphabet="恒达玛钢", min_size=1, max_size=4), FORMS).map("".join).filter(bool),
    min_size=2,
    max_size=8,
)


def one_from_another(a, b):
    """Tell by brute force which evidence of cores two names have."""
    found = set()
    if a == b:
        found.add(IdentityEvidenceKind.SAME_CORE)
    elif sorted(a) == sorted(b) and len(a) >= 3:
        found.add(IdentityEvidenceKind.SWAPPED)
    long, short = sorted((a, b), key=len, reverse=True)
    if len(long) == len(short) + 1 >= 4 and short in {long[:n] + long[n + 1 :] for n in range(len(long))}:
        found.add(IdentityEvidenceKind.DROPPED)
    if len(a) == len(b) >= 3 and sum(x != y for x, y in zip(a, b, strict=True)) == 1:
        found.add(IdentityEvidenceKind.REPLACED)
    return found


@given(NAMES)
@settings(max_examples=40, deadline=None)
def test_blocking_finds_what_all_pairs_have(names):
    snapshot = snapshot_of(*(organisation(f"{n}", name) for n, name in enumerate(names)))
    found = proposed(snapshot, at_least=0.01)
    cores = [name_of(name, PLACES) for name in names]
    for (n, a), (m, b) in combinations(enumerate(cores), 2):
        row = found.get((str(n), str(m)))
        wanted = one_from_another(a.core, b.core) | (
            {IdentityEvidenceKind.FULL_NAME} if a.folded == b.folded else set()
        )
        if a.folded == b.folded and a.county >= 0:
            wanted.add(IdentityEvidenceKind.SAME_NAME)
        assert (set(row.evidence) if row else set()) == wanted


@given(NAMES)
@settings(max_examples=20, deadline=None)
def test_two_rosters_meet_the_same_way_round(names):
    half = len(names) // 2
    left = roster_of(snapshot_of(*(organisation(f"{n}", x) for n, x in enumerate(names[:half]))), YEAR)
    right = roster_of(snapshot_of(*(organisation(f"{n}", x) for n, x in enumerate(names[half:]))), YEAR)
    there, back = pairs(left, right), pairs(right, left)
    turned = np.lexsort((back.left, back.right))
    assert there.left.tolist() == back.right[turned].tolist()
    assert there.right.tolist() == back.left[turned].tolist()
    assert there.score.tolist() == back.score[turned].tolist()


def test_a_typed_name_finds_who_may_be_meant():
    snapshot = snapshot_of(
        organisation("a", "恒达玛钢厂", uscc=CODE_A),
        organisation("b", "恒达玛钢有限公司"),
        organisation("c", "宝源铸造厂"),
        counties={"a": 140703, "b": 140404},
        towns="a",
    )

    def found(name, **known):
        rows = same_as(snapshot, name=name, as_of=YEAR, **known).rows
        return [(snapshot.id_of(row.organisation), row.score) for row in rows]

    assert found("太谷縣恒达玛钢") == [("org:a", 0.65), ("org:b", 0.39)]
    assert found("恒达玛钢", region="region:140726") == [("org:a", 0.65), ("org:b", 0.39)]
    assert found("恒达玛钢", region="region:140404") == [("org:b", 0.65), ("org:a", 0.39)]
    assert found("恒达", town="town:t") == [("org:a", 0.6)]
    assert found("谁也不是", code=CODE_A) == [("org:a", 0.98)]
    assert found("谁也不是") == []
    with pytest.raises(BadInput):
        same_as(snapshot, name=" ", as_of=YEAR)
    with pytest.raises(BadInput):
        same_as(snapshot, name="恒达", as_of=YEAR, region="town:t")


def test_a_former_code_leads_to_todays_region():
    snapshot = Snapshot.of(REGIONS)
    assert snapshot.id_of(snapshot.row_of("region:140726")) == "region:140703"
