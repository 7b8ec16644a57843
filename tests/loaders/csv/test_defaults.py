"""What is never unknown is stored with every new row, and never overwrites."""

from loaders.load import load_folder


async def test_a_claim_without_a_scope_is_stored_as_whole(empty_store, tmp_path):
    (tmp_path / "Source.csv").write_text("id,name,grade\nsource:a,甲,A\n", encoding="utf-8")
    (tmp_path / "Town.csv").write_text("id,name,level,status\ntown:x,某镇,CITY,CANDIDATE\n", encoding="utf-8")
    (tmp_path / "Claim.csv").write_text(
        "subject,metric,value,unit,source,year\ntown:x,OUTPUT_VALUE,2,亿元,source:a,2024\n", encoding="utf-8"
    )
    report = await load_folder(empty_store, tmp_path)
    assert report.clean
    claim = (await empty_store.read("MATCH (c:Claim) RETURN properties(c) AS claim"))[0]
    assert (claim["scope"], claim["bound"], claim["synthetic"]) == ("WHOLE", "EXACT", False)
    assert claim["value"] == 2e8
    (tmp_path / "Town.csv").write_text(
        "id,name,level,status,synthetic\ntown:x,某镇,CITY,CANDIDATE,true\n", encoding="utf-8"
    )
    await load_folder(empty_store, tmp_path)
    (tmp_path / "Town.csv").write_text("id,name,level,status\ntown:x,某镇,CITY,CANDIDATE\n", encoding="utf-8")
    again = await load_folder(empty_store, tmp_path)
    assert [t.same for t in again.tables if t.file == "Town.csv"] == [1]
    town = (await empty_store.read("MATCH (t:Town) RETURN properties(t) AS town"))[0]
    assert town["synthetic"] is True
