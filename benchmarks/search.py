"""Measure search: seconds to build, megabytes, and milliseconds a query over 100,000 firms.

Run `python -m benchmarks.search`. Beside it, in the same run, stands the naive way: rapidfuzz over all
names. Figures depend on the machine; the ratio hardly does.
"""

import random
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from itertools import product
from time import perf_counter

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.tables import Measure, Report
from queries.lookup.search import Entry, SearchIndex
from queries.lookup.spelling import capitals, spellings

FIRMS = 100_000
QUERIES = 400
PLACES = (  # noqa: SIM905
    "山西 太原 定襄 晋城 长治 临汾 运城 清徐 太谷 平遥 祁县 阳泉 大同 朔州 忻州 原平 重庆 襄垣 阳城 "
    "孝义 汾阳 吕梁 怀仁 应县 代县 繁峙 五台 闻喜 稷山 新绛 万荣 河津 侯马 曲沃 洪洞 霍州 介休 灵石"
).split()
FIRST = "天宏鑫恒瑞金华泰盛德隆永兴中和昌旭国志正大光明通力双冠晋东南西北福祥龙凤春海江山"
SECOND = "宝达源跃丰瓯环力亚世邦业旺诚合盈能日强远道辉星联飞胜安康顺利成美佳铭宇博凯林原河岳"
TRADES = (  # noqa: SIM905
    "法兰锻造 玛钢铸造 陈醋酿造 玻璃器皿 煤化工 铝业 不锈钢 陶瓷 食品 药业 农业科技 机械制造 商贸 物流 "
    "新材料 装备制造 钢铁 能源 建材 纺织"
).split()
FORMS = "有限公司 有限责任公司 股份有限公司 集团有限公司 专业合作社 加工厂".split()  # noqa: SIM905


def firms(count: int, chance: random.Random) -> list[Entry]:
    """Make up firms whose names are as long and as alike as those of a register."""
    brands = ["".join(pair) for pair in product(FIRST, SECOND)]
    return [
        Entry(
            id=f"org:{number:06}",
            kind="Organisation",
            name=chance.choice(PLACES)
            + chance.choice(brands)
            + chance.choice(["", chance.choice(SECOND), chance.choice(brands)])
            + chance.choice(TRADES)
            + chance.choice(FORMS),
            codes=(f"91140{chance.randrange(10**13):013}",),
        )
        for number in range(count)
    ]


def swapped(text: str, chance: random.Random) -> str:
    """Swap two neighbours."""
    place = chance.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def questions(entries: list[Entry], chance: random.Random) -> dict[str, list[str]]:
    """Ask what people type, by manner."""
    names = [chance.choice(entries).name for _ in range(QUERIES)]
    parts = [name[start : start + chance.randint(2, 6)] for name in names for start in [chance.randint(0, 3)]]
    sounds = [spellings(part)[0] for part in parts]
    return {
        "whole name": names,
        "part of a name": parts,
        "credit code": [chance.choice(entries).codes[0][: chance.randint(6, 18)] for _ in names],
        "pinyin": [sound.lower() for sound in sounds],
        "initials": [capitals(sound).lower() for sound in sounds],
        "mixed": [part[:2] + spellings(part[2:])[0].lower() for part in parts],
        "name with an error": [swapped(name, chance) for name in names],
        "part with an error": [swapped(name[:5], chance) for name in names],
        "pinyin with an error": [swapped(sound.lower(), chance) for sound in sounds],
        "two words": [name[:2] + " " + name[-6:-4] for name in names],
        "nothing there": [f"{name[2:4]}魑魅{name[4:6]}" for name in names],
    }


def milliseconds(ask: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Time each question by itself."""
    times: list[float] = []
    for text in texts:
        start = perf_counter()
        ask(text)
        times.append((perf_counter() - start) * 1000)
    return times


def run(count: int) -> Report:
    """Hold the index against rapidfuzz over all names."""
    chance = random.Random(7)  # noqa: S311 - names, not secrets
    entries = firms(count, chance)
    begin = perf_counter()
    index = SearchIndex.of(entries)
    built = perf_counter() - begin
    asked = questions(entries, chance)
    times = {manner: milliseconds(index.search, texts) for manner, texts in asked.items()}
    names = [entry.name for entry in entries]
    some = [text for texts in asked.values() for text in texts[:5]]

    def naive(text: str) -> object:
        return process.extract(text, names, scorer=fuzz.partial_ratio, limit=10)

    plain, whole = milliseconds(naive, some), [t for of in times.values() for t in of]
    found = [Measure("build", "s", built)]
    for percent in (50, 95):
        own, naively = (float(np.percentile(values, percent)) for values in (whole, plain))
        found.append(Measure(f"all manners, p{percent}", "ms", own, naively))
    found += [Measure(f"{manner}, p50", "ms", float(np.median(of))) for manner, of in times.items()]
    return Report("search", f"{len(entries):,} names; baseline: rapidfuzz over all names", found)


def main() -> None:
    """Print the table."""
    chance = random.Random(7)  # noqa: S311 names, not secrets
    entries = firms(FIRMS, chance)
    start = perf_counter()
    index = SearchIndex.of(entries)
    first_build = perf_counter() - start
    start = perf_counter()
    SearchIndex.of(entries)
    print(f"build: {first_build:.2f} s, again: {perf_counter() - start:.2f} s")
    asked = questions(entries, chance)
    own: list[float] = []
    print(f"{'ms a query':<22}{'p50':>8}{'p95':>8}{'max':>8}")
    for manner, texts in asked.items():
        times = milliseconds(index.search, texts)
        own += times
        print(f"{manner:<22}{np.median(times):>8.2f}{np.percentile(times, 95):>8.2f}{max(times):>8.2f}")
    print(f"{'all':<22}{np.median(own):>8.2f}{np.percentile(own, 95):>8.2f}{max(own):>8.2f}")

    names = [entry.name for entry in entries]
    some = [text for texts in asked.values() for text in texts[:5]]
    naive = milliseconds(lambda text: process.extract(text, names, scorer=fuzz.partial_ratio, limit=10), some)
    print(
        f"{'naive rapidfuzz':<22}{np.median(naive):>8.2f}{np.percentile(naive, 95):>8.2f}{max(naive):>8.2f}"
    )
    print(f"ratio naive/own: p50 {np.median(naive) / np.median(own):.0f}, ", end="")
    print(f"p95 {np.percentile(naive, 95) / np.percentile(own, 95):.0f}")

    tracemalloc.start()
    kept = SearchIndex.of(entries)
    print(
        f"memory: {tracemalloc.get_traced_memory()[0] / 2**20:.0f} MB for {FIRMS:,} names beside the entries"
    )
    del kept


if __name__ == "__main__":
    sys.exit(main())
