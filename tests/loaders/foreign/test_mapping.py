"""Foreign tables are loaded by an adapter file, and what is wrong is said where it stands."""

from hashlib import blake2b
from pathlib import Path

import pytest

from graph.errors import BadInput, LoadRefused
from graph.store.store import Store
from loaders.foreign.adapter_file import read_adapter
from loaders.foreign.mapping import load_mapped
from loaders.report import Report, TablesRefused

LAYOUTS = Path(__file__).parent / "layouts"
FLOWS = "MATCH (a)-[r:SUPPLIES]->(b) RETURN {a: a.name, b: b.name, p: r.product, v: r.value} AS r"


async def mapped(store: Store, layout: str, **how: bool) -> Report:
    folder = LAYOUTS / layout
    return await load_mapped(store, folder, folder / "adapter.yaml", **how)


def said(report: Report) -> list[str]:
    return sorted(str(found) for found in report.rejections)


async def test_a_directory_and_a_supply_list(empty_store: Store):
    report = await mapped(empty_store, "directory")
    flows = await empty_store.read(FLOWS)
    assert sorted((f["a"], f["b"], f["p"], f["v"]) for f in flows) == [
        ("晋锻合作社", "宏达法兰厂", "product:forging", 13_000_000),
        ("鑫源钢材经营部", "宏达法兰厂", "product:steel", 1_205_000),
    ]
    firms = await empty_store.read("MATCH (o:Organisation) RETURN o {.*} AS o")
    assert {f["name"]: f["form"] for f in firms} == {
        "宏达法兰厂": "ENTERPRISE",
        "鑫源钢材经营部": "SOLE_TRADER",
        "晋锻合作社": "COOPERATIVE",
    }
    assert next(f for f in firms if f["name"] == "宏达法兰厂")["aliases"] == ["宏达", "宏达法兰"]
    assert [line.split("；可用")[0] for line in said(report)] == [
        "企业名录.csv:6:类型：“外资”：不在对照表（adapter.yaml:9:17）中",
        "供货清单.csv:4:供方：“查无此厂”：企业名录.csv 的“企业名称”列中没有它（见 adapter.yaml:17:17）",
        "供货清单.csv:5:年度：“一九年”：应为年份，如 2024（1900–2100）",
    ]
    assert "企业名录.csv：读入 5 行，按条件（状态 为 注销、吊销）略去 1 行" in report.notes
    assert not report.clean
    assert (await mapped(empty_store, "directory")).written == 0


async def test_a_product_graph(empty_store: Store):
    report = await mapped(empty_store, "graph")
    inputs = await empty_store.read(
        "MATCH (a)-[r:INPUT_OF]->(b) RETURN {a: a.id, b: b.id, c: r.coefficient} AS r"
    )
    assert sorted((i["a"], i["b"], i["c"]) for i in inputs) == [
        ("product:flange", "product:wind-tower", None),
        ("product:pig-iron", "product:flange", 1.05),
    ]
    assert report.notes[0] == "edges.jsonl：读入 7 行，1 行不合任何 when，未用"
    assert [line.split("：")[0:2] for line in said(report)] == [["edges.jsonl:7", "不是 JSON"]]


async def test_a_wide_table_becomes_claims(empty_store: Store):
    report = await mapped(empty_store, "wide")
    claims = await empty_store.read("MATCH (c:Claim) RETURN c {.*} AS c")
    assert sorted((c["subject"], c["metric"], c["year"], c["value"], c["unit"]) for c in claims) == [
        ("town:dingxiang-flange", "EMPLOYEES", 2023, 23_000, "PERSON"),
        ("town:dingxiang-flange", "OUTPUT_VALUE", 2022, 8e9, "YUAN"),
        ("town:dingxiang-flange", "OUTPUT_VALUE", 2023, 8.65e9, "YUAN"),
        ("town:qingxu-vinegar", "OUTPUT_VALUE", 2023, 5.1e9, "YUAN"),
    ]
    assert said(report) == [
        "towns.csv:3:从业人员（人）2023：“约一万”：应为数字，如 1234.5、9,800万元 或 约120"
    ]


async def test_strictly_nothing_is_loaded(empty_store: Store):
    with pytest.raises(TablesRefused) as refused:
        await mapped(empty_store, "directory", strict=True)
    assert len(said(refused.value.report)) == 3
    assert await empty_store.read("MATCH (o:Organisation) RETURN {id: o.id} AS o") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tables:", "table:", "adapter.yaml:1:1：没有键 “table”；是否应为 tables？"),
        ("kind: SUPPLIES", "kind: SUPPLY", "adapter.yaml:15:15：没有种类 “SUPPLY”；是否应为 SUPPLIES？"),
        ("uscc: 信用", "ucss: 信用", "adapter.yaml:10:11：没有键 “ucss”；是否应为 uscc？"),
        ("unit: 万元", "unit: 万圆", "adapter.yaml:21:41：没有单位 “万圆”"),
        (
            "name: 企业名称",
            "name: 企业名",
            "adapter.yaml:8:17：企业名录.csv 没有列 “企业名”",
        ),
        (
            "file: 供货清单.csv",
            "file: 供货.csv",
            "adapter.yaml:13:5：没有文件 供货.csv",
        ),
        ("drop:", "drop: [", "adapter.yaml:"),
        (", by: 企业名称}", "}", "find（文件）与 by（其中的列）应同时给出"),
        ("{constant: B}", "{constant: B, group: 1}", "应恰有 column、constant、group、matched 之一"),
    ],
)
async def test_a_wrong_adapter_is_told_where(
    empty_store: Store, tmp_path: Path, old: str, new: str, told: str
):
    text = (LAYOUTS / "directory" / "adapter.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "adapter.yaml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BadInput) as wrong:
        await load_mapped(empty_store, LAYOUTS / "directory", tmp_path / "adapter.yaml")
    assert told in str(wrong.value)


async def test_a_mapping_that_matches_nothing_is_an_error(empty_store: Store, tmp_path: Path):
    text = (LAYOUTS / "graph" / "adapter.yaml").read_text("utf-8")
    adapter = tmp_path / "adapter.yaml"
    adapter.write_text(text.replace("[name]", "[nome]").replace("[is_input_of]", "[x]"), "utf-8")
    with pytest.raises(LoadRefused, match="没有得到任何行"):
        await load_mapped(empty_store, LAYOUTS / "graph", adapter)
    wide = (LAYOUTS / "wide" / "adapter.yaml").read_text("utf-8")
    adapter.write_text(wide.replace("(产值|从业人员)", "(产量)"), "utf-8")
    with pytest.raises(BadInput, match=r"each .* 不合任何列名"):
        await load_mapped(empty_store, LAYOUTS / "wide", adapter)


CELLS = "{id: no, name: title, category: {constant: FINISHED}}"
MAP = "tables:\n- file: %s\n  rows:\n  - kind: Product\n    cells: " + CELLS + "\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tables:\n- file: a\0b\n", "a.yaml:2:10：含不可显示的字符 U+0000，请删去"),
        ('tables:\n- file: "a\\0b"\n  rows: []\n', "a.yaml:2:9：含不可显示的字符 U+0000，请删去"),
        ("tables:\n- " + "[" * 3_000 + "]" * 3_000, "a.yaml:2:21：嵌套过深：最多 20 层"),
        ("tables:\n" + "".join(f"{' ' * n}-\n" for n in range(300)), "a.yaml:21:20：嵌套过深：最多 20 层"),
        ("x: &x []\ntables: [" + "*x, " * 101 + "]", "a.yaml:2:410：引用（*）过多：最多 100 处"),
        ("tables: [" + " " * 1_000_001, "过大：应为不超过 1 MB 的 YAML 文件"),
        (
            MAP.replace(CELLS, "{id: {matched: true}}\n    each: '(a'") % "a.csv",
            "a.yaml:6:11：不是正则表达式（第 1 字起）",
        ),
    ],
)
def test_an_adapter_beyond_all_measure_is_told_where(tmp_path: Path, text: str, told: str):
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(BadInput) as wrong:
        read_adapter(tmp_path / "a.yaml")
    assert told in str(wrong.value)


async def test_only_files_of_the_folder_are_read(empty_store: Store, tmp_path: Path):
    folder = tmp_path / "tables"
    (folder / "below").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text("no,title\nproduct:x,机密\n", "utf-8")
    (folder / "linked.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "below" / "a.csv").write_text("no,title\nproduct:a,法兰\n", "utf-8")
    adapter = tmp_path / "a.yaml"
    outside = ("../secret.csv", "below/../../secret.csv", str(tmp_path / "secret.csv"), "linked.csv")
    for name in (*outside, "../" * 9 + "etc/passwd"):
        adapter.write_text(MAP % name, "utf-8")
        with pytest.raises(BadInput) as wrong:
            await load_mapped(empty_store, folder, adapter)
        assert str(wrong.value).startswith(f"a.yaml:2:3：“{name}” 在文件夹 {folder} 之外：只读取其中的文件")
    adapter.write_text(MAP % ("甲" * 300), "utf-8")
    with pytest.raises(BadInput, match="没有文件 甲甲甲"):
        await load_mapped(empty_store, folder, adapter)
    adapter.write_text(MAP % "below/a.csv", "utf-8")
    assert (await load_mapped(empty_store, folder, adapter)).written == 1


async def test_nul_and_deep_nesting_cost_their_rows_only(empty_store: Store, tmp_path: Path):
    deep = "[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900
    lines = [
        '{"no": "product:a", "title": "法兰"}',
        '{"no": "product:b", "title": "法\\u0000兰"}',
        *(f'{{"no": "product:c", "title": {text}}}' for text in deep),
        '{"no": "product:d", "title": ' + "[" * 3_000 + "]" * 3_000 + "}",
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "b.csv").write_text("no,title\nproduct:e,钢\0材\nproduct:f,钢材\n", "utf-8")
    adapter = tmp_path / "a.yaml"
    adapter.write_text(MAP % "a.jsonl" + (MAP % "b.csv").removeprefix("tables:\n"), "utf-8")
    report = await load_mapped(empty_store, tmp_path, adapter)
    assert report.written == 2
    assert [str(found) for found in report.rejections] == [
        "a.jsonl:2:title：“法\\x00兰”：含空字节（U+0000），请删去",
        "a.jsonl:3：列表与对象嵌套过深：应为文字、数字或它们的列表",
        "a.jsonl:4：列表与对象嵌套过深：应为文字、数字或它们的列表",
        "a.jsonl:5：不是 JSON：第 1054 字起有误，每行应为一个对象 {…}",
        "b.csv:2:title：“钢\\x00材”：含空字节（U+0000），请删去",
    ]


def test_an_empty_adapter_is_told(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("")
    with pytest.raises(BadInput, match=r"a\.yaml:1:1"):
        read_adapter(tmp_path / "a.yaml")


GRAPH = """
tables:
  - file: products.jsonl
    rows:
      - kind: Product
        cells:
          id: {column: name, hash: true, prefix: "product:"}
          name: name
          category: {constant: COMPONENT}
  - file: edges.jsonl
    rows:
      - kind: INPUT_OF
        cells:
          from: {column: input, find: products.jsonl, by: name}
          to: {column: output, find: products.jsonl, by: code, of: Product}
"""


def graph(folder: Path, adapter: str = GRAPH) -> Path:
    rows = {
        "products.jsonl": '{"name": "锻造 法兰", "code": "7307"}\n{"name": "生铁", "code": "7201"}\n',
        "edges.jsonl": '{"input": "生铁", "output": "7307"}\n{"input": "玻璃", "output": "7307"}\n',
        "adapter.yaml": adapter,
    }
    for name, text in rows.items():
        (folder / name).write_text(text, "utf-8")
    return folder


async def test_foreign_names_become_ids_and_every_kind_is_found(empty_store: Store, tmp_path: Path):
    folder = graph(tmp_path)
    report = await load_mapped(empty_store, folder, folder / "adapter.yaml")
    assert [line.partition("（见")[0] for line in said(report)] == [
        "edges.jsonl:2:input：“玻璃”：products.jsonl 的“name”列中没有它"
    ]
    found = await empty_store.read("MATCH (a)-[:INPUT_OF]->(b) RETURN {a: a.name, b: b.name, id: b.id} AS r")
    key = blake2b("锻造法兰".encode(), digest_size=6).hexdigest()  # white space makes no difference
    assert found == [{"a": "生铁", "b": "锻造法兰", "id": f"product:{key}"}]


async def test_a_check_shows_how_rows_come_out(empty_store: Store, tmp_path: Path):
    folder = graph(tmp_path)
    report = await load_mapped(empty_store, folder, folder / "adapter.yaml", dry=True)
    shown = [note for note in report.notes if note.startswith("映射所得")]
    assert len(shown) == 3
    assert "name=锻造 法兰，category=COMPONENT" in shown[0]
    assert shown[2].startswith("映射所得 INPUT_OF：from=product:")
    done = await load_mapped(empty_store, folder, folder / "adapter.yaml")
    assert not [note for note in done.notes if note.startswith("映射所得")]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("hash: true", "hash: ja", "hash 应为 true 或 false"),
        ("of: Product", "of: Produkt", "of 应与 find 同用"),
        ("constant: COMPONENT}", "constant: COMPONENT, of: Product}", "of 应与 find 同用"),
    ],
)
def test_what_is_wrong_with_the_new_keys_is_said(tmp_path: Path, old: str, new: str, why: str):
    folder = graph(tmp_path, GRAPH.replace(old, new))
    with pytest.raises(BadInput, match=why):
        read_adapter(folder / "adapter.yaml")
