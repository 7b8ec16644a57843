"""A roster of organisations lasts while what it is made of stays, and no longer."""

from graph.snapshot.keeper import SnapshotKeeper
from loaders.load import load_folder
from queries.identity.roster import roster_of

BASE = {
    "Region": "id,name,level\nregion:140000,山西省,PROVINCE\nregion:140921,定襄县,COUNTY\n",
    "PART_OF": "from,to\nregion:140921,region:140000\n",
    "Source": "id,name,grade\nsource:a,公报,A\n",
    "Town": "id,name,level,status\ntown:t,定襄法兰,PROVINCIAL,RECOGNISED\n",
    "Organisation": "id,name,form,region\norg:a,甲厂,ENTERPRISE,region:140921\norg:b,乙厂,ENTERPRISE,\n",
}
CLAIM = "subject,metric,value,unit,source,year\norg:a,REVENUE,5,万元,source:a,2024\n"


async def loaded(store, keeper, folder, **tables):
    """Load tables, and give the roster and the snapshot after it."""
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    await load_folder(store, folder)
    await keeper.refresh()
    return roster_of(keeper.current, 2024), keeper.current


async def test_what_else_is_written_leaves_it_and_a_name_a_place_or_a_member_does_not(empty_store, tmp_path):
    keeper = SnapshotKeeper(empty_store)
    first, before = await loaded(empty_store, keeper, tmp_path / "1", **BASE)
    same, after = await loaded(empty_store, keeper, tmp_path / "2", Claim=CLAIM)
    assert after is not before
    assert same is first
    named = BASE["Organisation"].replace("乙厂", "丁厂")
    other, _ = await loaded(empty_store, keeper, tmp_path / "3", Organisation=named)
    assert [member.name.core for member in other.members] != [member.name.core for member in first.members]
    joined, _ = await loaded(empty_store, keeper, tmp_path / "4", MEMBER_OF="from,to\norg:b,town:t\n")
    assert joined is not other
    assert [bool(member.towns) for member in joined.members] == [False, True]
