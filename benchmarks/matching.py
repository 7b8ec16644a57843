"""Measure matching: how long many names against many take, and how many of the planted ones are found.

Then how long somebody waits who pastes a list of 500 names, or writes an id that is not there.

Each name on the left is on the right as somebody else would have typed it; beside it, over a sample, stands
rapidfuzz comparing the names as they are with every name on the right.
"""

import random
from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from benchmarks.search import firms
from benchmarks.tables import Measure, Report, Target
from graph.kinds.columns import Id
from graph.kinds.entities import Organisation, Region
from graph.kinds.terms import OrganisationForm, RegionLevel
from graph.snapshot.nearest import nearest
from graph.snapshot.snapshot import Snapshot
from queries.identity.members import member_of
from queries.identity.pairing import Pairs, pairs
from queries.identity.proposals import AT_LEAST
from queries.identity.roster import Roster
from queries.identity.same_as import MOST_NAMES, same_as_all

SAMPLE = 200
LISTS, YEAR = 40, 2024
"""How many lists are pasted, one after the other."""
CUTOFF = 90.0
PLACES = (  # noqa: SIM905
    "定襄县 清徐县 太谷区 平遥县 祁县 襄垣县 阳城县 代县 繁峙县 五台县 闻喜县 稷山县 新绛县 万荣县 曲沃县 "
    "洪洞县 灵石县 孝义市 汾阳市 怀仁市 原平市 河津市 侯马市 霍州市 介休市 应县 上党区 云州区"
).split()
FORMER = {"太谷区": "太谷县", "怀仁市": "怀仁县", "上党区": "长治县", "云州区": "大同县"}
CODES = {"上党区": "140404", "云州区": "140215"}
FORMS = "有限公司 有限责任公司 股份有限公司 集团有限公司".split()  # noqa: SIM905
TRADITIONAL = str.maketrans(
    "东华国业机钢铁铝药贸远达锻铸农盛兴龙凤恒", "東華國業機鋼鐵鋁藥貿遠達鍛鑄農盛興龍鳳恆"
)
type Parts = tuple[str, str, str]
"""Place, core and legal form."""
type Noise = Callable[[Parts, random.Random], str]


def typed_width(parts: Parts, _: random.Random) -> str:
    """Type it with full-width spaces and signs."""
    return "　".join(parts) + "．"


def typed_traditional(parts: Parts, _: random.Random) -> str:
    """Type it in traditional characters."""
    return "".join(parts).translate(TRADITIONAL)


def typed_suffix(parts: Parts, chance: random.Random) -> str:
    """Take another legal form, or none."""
    return parts[0] + parts[1] + chance.choice([form for form in ("", *FORMS) if form != parts[2]])


def typed_swapped(parts: Parts, chance: random.Random) -> str:
    """Swap two neighbours."""
    core = parts[1]
    places = [n for n in range(len(core) - 1) if core[n] != core[n + 1]]
    at = chance.choice(places)
    return parts[0] + core[:at] + core[at + 1] + core[at] + core[at + 2 :] + parts[2]


def typed_dropped(parts: Parts, chance: random.Random) -> str:
    """Leave out a character."""
    at = chance.randrange(len(parts[1]))
    return parts[0] + parts[1][:at] + parts[1][at + 1 :] + parts[2]


def typed_county(parts: Parts, _: random.Random) -> str:
    """Call the county by its former name, or with its province."""
    return FORMER.get(parts[0], f"山西省{parts[0]}") + parts[1] + parts[2]


def typed_brackets(parts: Parts, _: random.Random) -> str:
    """Put the county into brackets behind the core."""
    return f"{parts[1]}（{parts[0]}）{parts[2]}"


NOISES: dict[str, Noise] = {
    "width": typed_width,
    "traditional": typed_traditional,
    "suffix": typed_suffix,
    "swapped": typed_swapped,
    "dropped": typed_dropped,
    "county": typed_county,
    "brackets": typed_brackets,
}


def regions() -> Snapshot:
    """Make the regions that the names speak of."""
    made = [
        Region(id=Id(f"region:{CODES.get(name, f'14{n:04}')}"), name=name, level=RegionLevel.COUNTY)
        for n, name in enumerate(PLACES, 1000)
    ]
    return Snapshot.of(
        [Region(id=Id("region:140000"), name="山西省", aliases=["山西"], level=RegionLevel.PROVINCE), *made]
    )


def names(count: int, chance: random.Random) -> list[Parts]:
    """Make up firms, no two with the same county and core."""
    cores = {entry.name for entry in firms(count * 3 // 2, chance)}
    ends = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司", "专业合作社", "加工厂")
    made: dict[tuple[str, str], Parts] = {}
    for text in sorted(cores):
        core = next(text[2 : -len(end)] for end in sorted(ends, key=len, reverse=True) if text.endswith(end))
        place = chance.choice(PLACES)
        made.setdefault((place, core), (place, core, chance.choice(FORMS)))
    found = sorted(made.values())
    chance.shuffle(found)
    return found[:count]


def run(count: int) -> Report:
    """Match `count` names against `count`."""
    chance = random.Random(7)  # noqa: S311 - names, not secrets
    known = names(count, chance)
    kinds = [chance.choice(tuple(NOISES)) for _ in known]
    left = ["".join(parts) for parts in known]
    right = [NOISES[kind](parts, chance) for kind, parts in zip(kinds, known, strict=True)]
    order = list(range(len(right)))
    chance.shuffle(order)
    target = np.argsort(order)
    shuffled = [right[n] for n in order]
    begin = perf_counter()
    snapshot = regions()
    rosters = [
        Roster([member_of(snapshot, name) for name in some], np.zeros(0, np.int32))
        for some in (left, shuffled)
    ]
    found = pairs(*rosters)
    seconds = perf_counter() - begin
    pasted = _pasted(snapshot, left, shuffled, chance)
    sample = np.sort(np.array(chance.sample(range(len(left)), min(SAMPLE, len(left)))))
    measures = _measures(found, target, kinds, sample, left, shuffled, seconds)
    return Report("matching", _note(len(left), found), measures + pasted)


def _pasted(
    places: Snapshot, left: Sequence[str], right: Sequence[str], chance: random.Random
) -> list[Measure]:
    """Paste lists of 500 of the names on the left into a snapshot that holds those on the right."""
    firms = [
        Organisation(id=Id(f"org:{n:06}"), name=name, form=OrganisationForm.ENTERPRISE)
        for n, name in enumerate(right)
    ]
    regions = [places.entity(row) for row in places.nodes["Region"].rows]
    snapshot = Snapshot.of([*regions, *firms], newest_year=YEAR)
    size = min(MOST_NAMES, len(left))
    lists = [chance.sample(left, size) for _ in range(LISTS)]
    first, *others = (
        _seconds(lambda some=some: same_as_all(snapshot, names=some, as_of=YEAR)) for some in lists
    )
    wrong = [f"org:{chance.randrange(len(right)):06}x" for _ in range(LISTS)]
    near = [1000 * _seconds(lambda one=one: nearest(snapshot, one)) for one in wrong]
    return [
        Measure(f"a list of {size} names, the first", "s", first),
        Measure(
            f"a list of {size} names, p50", "s", float(np.median(others)), None, Target("measured", "≤", 1)
        ),
        Measure(
            f"a list of {size} names, p95",
            "s",
            float(np.quantile(others, 0.95)),
            None,
            Target("measured", "≤", 1),
        ),
        Measure("nearest to a wrong id, p50", "ms", float(np.median(near))),
        Measure("nearest to a wrong id, p95", "ms", float(np.quantile(near, 0.95))),
    ]


def _seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


def _note(count: int, found: Pairs) -> str:
    skipped = sum(one.groups for one in found.skipped)
    return (
        f"{count:,} names against {count:,}, at score ≥ {AT_LEAST}; {len(found.left):,} pairs compared,"
        f" {skipped} keys skipped; baseline: rapidfuzz (ratio ≥ {CUTOFF:g}), {SAMPLE} of the names with all"
    )


def _measures(  # noqa: PLR0913, PLR0917 - what a table is made of
    found: Pairs,
    target: NDArray[np.int64],
    kinds: Sequence[str],
    sample: NDArray[np.int64],
    left: Sequence[str],
    right: Sequence[str],
    seconds: float,
) -> list[Measure]:
    wanted = found.score >= AT_LEAST
    own = set(zip(found.left[wanted].tolist(), found.right[wanted].tolist(), strict=True))
    begin = perf_counter()
    table = process.cdist([left[n] for n in sample], right, scorer=fuzz.ratio, score_cutoff=CUTOFF)
    plain_seconds = (perf_counter() - begin) * len(left) / len(sample)
    rows, columns = np.nonzero(table)
    plain = set(zip(sample[rows].tolist(), columns.tolist(), strict=True))
    truth = {(n, int(target[n])) for n in range(len(left))}
    some = {pair for pair in truth if pair[0] in set(sample.tolist())}
    of_sample = {pair for pair in own if pair[0] in set(sample.tolist())}
    return [
        Measure(
            "whole (baseline: from its sample)", "s", seconds, plain_seconds, Target("measured", "≤", 60)
        ),
        Measure("precision, all", "share", _share(own & truth, own)),
        Measure("recall, all", "share", _share(own & truth, truth)),
        Measure(
            "precision, sample", "share", _share(of_sample & some, of_sample), _share(plain & some, plain)
        ),
        Measure("recall, sample", "share", _share(of_sample & some, some), _share(plain & some, some)),
        *(
            Measure(f"recall, {kind}", "share", _share(own & part, part), _share(plain & part, part & some))
            for kind in NOISES
            if (part := {pair for pair in truth if kinds[pair[0]] == kind})
        ),
    ]


def _share(part: set[tuple[int, int]], whole: set[tuple[int, int]]) -> float:
    return len(part) / len(whole) if whole else 0.0
