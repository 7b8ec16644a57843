"""What is wrong with an exported file is said where it stands, and nothing dangerous is read."""

from pathlib import Path

import pytest

from graph.errors import BadInput, LoadRefused
from graph.kinds.entities import Product
from graph.kinds.terms import ProductCategory
from graph.snapshot.snapshot import Snapshot
from graph.store.store import Store
from loaders.export import exported
from loaders.export.export import export
from loaders.export.exported import is_exported, load_exported
from loaders.report import Report, TablesRefused

PRODUCTS = Snapshot.of([Product(id="product:p", name="法兰", category=ProductCategory.COMPONENT)], [])
SOUND = '{"kind":"Product","id":"product:p","name":"法\\n兰","category":"FINISHED"}'
BOMB = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>\n<graphml>&b;</graphml>'
KEYS = (
    '<graphml><key id="k" for="node" attr.name="kind"/><key id="n" for="node" attr.name="name"/>'
    '<key id="c" for="node" attr.name="category"/><graph edgedefault="directed">'
)


def said(report: Report) -> list[str]:
    return [str(found).partition("；可用")[0] for found in report.rejections]


async def lines(store: Store, folder: Path, *texts: str, **how: bool) -> Report:
    (folder / "graph.jsonl").write_text("\n".join(texts), "utf-8")
    return await load_exported(store, folder, **how)


async def test_faults_of_json_lines_name_the_line(empty_store: Store, tmp_path: Path):
    report = await lines(
        empty_store,
        tmp_path,
        SOUND,
        '{"kind":"Product",',
        '{"kind":"Produkt","id":"product:q"}',
        '{"kind":"Product","id":"product:q","nmae":"钢"}',
        '{"kind":"Product","id":"product:q","name":7,"category":{"a":1}}',
        "[1]",
        '{"kind":"Product","id":"product:q","name":"钢","category":"METAL"}',
    )
    assert said(report) == [
        'graph.jsonl:2：“{"kind":"Product",”：不是 JSON（第 19 字起）：应为一行一个对象',
        "graph.jsonl:3:kind：“Produkt”：没有这个种类；是否应为 Product？可用："
        + said(report)[1].partition("可用：")[2],
        "graph.jsonl:4:nmae：没有这一列；是否应为 name？可用的列："
        + said(report)[2].partition("可用的列：")[2],
        "graph.jsonl:5:name：“7”：应为文字，放在引号内",
        "graph.jsonl:5:category：“{'a': 1}”：应为单个值，不是对象",
        "graph.jsonl:6：“[1]”：应为 JSON 对象：{…}",
        "graph.jsonl:7:category：“METAL”：不在可用值内",
    ]
    assert (report.written, sum(t.rejected for t in report.tables)) == (1, 6)
    files = await empty_store.read("MATCH (l:Load) RETURN {files: l.files} AS l")
    assert files[0]["files"][0].startswith("graph.jsonl ")


async def test_strictly_nothing_of_it_is_loaded(empty_store: Store, tmp_path: Path):
    with pytest.raises(TablesRefused) as refused:
        await lines(empty_store, tmp_path, SOUND, "nothing", strict=True)
    assert said(refused.value.report)[0].startswith("graph.jsonl:2")
    assert await empty_store.read("MATCH (p:Product) RETURN {id: p.id} AS p") == []


async def test_several_formats_in_one_folder_are_refused(empty_store: Store, tmp_path: Path):
    (tmp_path / "Product.csv").write_text("id,name,category\n")
    with pytest.raises(LoadRefused, match=r"混有几种格式（Product\.csv、graph\.jsonl）.*每次只装载一种"):
        await lines(empty_store, tmp_path, SOUND)
    (tmp_path / "Product.csv").unlink()
    with pytest.raises(LoadRefused, match="没有可装载的行"):
        await lines(empty_store, tmp_path, "")


async def test_xml_with_a_dtd_is_not_read(empty_store: Store, tmp_path: Path):
    (tmp_path / "graph.graphml").write_text(BOMB)
    with pytest.raises(LoadRefused, match=r"graph\.graphml:2：含 DTD 或实体声明"):
        await load_exported(empty_store, tmp_path)


async def test_faults_of_graphml_name_the_node_and_the_edge(empty_store: Store, tmp_path: Path):
    (tmp_path / "graph.graphml").write_text(
        f'{KEYS}<node id="product:p"><data key="k">Product</data><data key="n">法兰</data>'
        '<data key="c">FINISHED</data></node>'
        '<node id="product:q"><data key="k">Product</data><data key="n">钢</data>'
        '<data key="c">X</data></node>'
        '<node id="n7"><data key="k">MAKES</data></node>'
        '<edge id="e1" source="product:p" target="product:z"><data key="kind">INPUT_OF</data></edge>'
        '<edge id="e2" source="a" target="b"><data key="kind">INPUT_OF</data><data key="esential">1</data>'
        "</edge>",
        "utf-8",
    )
    report = await load_exported(empty_store, tmp_path)
    found = [text.partition("：")[0] for text in said(report)]
    assert found == [
        "graph.graphml:n7:kind",
        "graph.graphml:e2:esential",
        "graph.graphml",
        "graph.graphml:product:q:category",
        "graph.graphml:e1:to",
    ]
    assert "是否应为 essential？" in said(report)[1]
    assert "不是完好的 XML" in said(report)[2]
    assert report.written == 1


async def test_a_damaged_parquet_file_and_a_strange_column_are_said(empty_store: Store, tmp_path: Path):
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    export(PRODUCTS, tmp_path / "out", "parquet")
    whole = (tmp_path / "out" / "Product.parquet").read_bytes()
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "Product.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LoadRefused, match=r"Product\.parquet：不能读取：不是 Parquet 文件，或已截断"):
        await load_exported(empty_store, tmp_path / "cut")
    (tmp_path / "named").mkdir()
    parquet.write_table(
        pa.table({"id": ["product:q"], "nmae": ["钢"]}), tmp_path / "named" / "Product.parquet"
    )
    with pytest.raises(LoadRefused, match=r"Product\.parquet:nmae：没有这一列；是否应为 name？"):
        await load_exported(empty_store, tmp_path / "named")
    table = {"id": ["product:p", "product:q"], "name": ["法兰", "钢"], "category": ["FINISHED", "X"]}
    parquet.write_table(pa.table(table), tmp_path / "named" / "Product.parquet")
    report = await load_exported(empty_store, tmp_path / "named")
    assert said(report) == ["Product.parquet:2:category：“X”：不在可用值内"]


async def test_without_pyarrow_the_extra_is_named(
    empty_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    (tmp_path / "Product.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr(exported, "import_module", missing)
    with pytest.raises(BadInput, match="--extra parquet"):
        await load_exported(empty_store, tmp_path)


def test_a_folder_of_csv_tables_is_not_taken_for_an_export(tmp_path: Path):
    (tmp_path / "Product.csv").write_text("id\n")
    (tmp_path / ".hidden.jsonl").write_text("")
    assert not is_exported(tmp_path)
    assert not is_exported(tmp_path / "none")


async def test_what_refers_to_a_rejected_row_is_told_so(empty_store: Store, tmp_path: Path):
    broken = '{"kind":"Product","id":"product:ore","name":7,"category":"FINISHED"}'
    refers = '{"kind":"INPUT_OF","from":"product:ore","to":"product:p","essential":true}'
    stray = '{"kind":"INPUT_OF","from":"product:none","to":"product:p","essential":true}'
    report = await lines(empty_store, tmp_path, SOUND, broken, refers, stray)
    assert said(report)[1] == (
        "graph.jsonl:3:from：“product:ore”：所指的产品或产业链环节在上表中被拒绝：请先改正 graph.jsonl"
    )
    assert "没有这个产品或产业链环节" in said(report)[2]
    assert len(said(report)) == 3
