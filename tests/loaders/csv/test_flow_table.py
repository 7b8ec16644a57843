"""An input–output table is read to the digit, or refused with the place of what is wrong."""

import pytest

from graph.errors import LoadRefused
from loaders.csv.flow_table import read_flow_table

RIGHT = (
    "sector,农林牧渔业,制造业,output,final_demand\n农林牧渔业,150,500,1000,350\n制造业,200,100,2000,1700\n"
)


def read(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return read_flow_table(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read(tmp_path, encoding):
    table = read(tmp_path, RIGHT, encoding)
    assert list(table.sectors) == ["农林牧渔业", "制造业"]
    assert table.sales.tolist() == [[150, 500], [200, 100]]
    assert table.output.tolist() == [1000, 2000]
    assert table.disposable is None
    assert list(table.imbalances) == []


def test_final_demand_may_stand_before_output(tmp_path):
    text = "sector,a,b,final_demand,output\na,150,500,350,1000\nb,200,100,1700,2000\n"
    table = read(tmp_path, text)
    assert table.sales.tolist() == [[150, 500], [200, 100]]
    assert table.output.tolist() == [1000, 2000]
    assert list(table.imbalances) == []


def test_an_open_economy_and_value_added(tmp_path):
    text = (
        "sector,a,b,output,final_demand,exports,imports\n"
        'a,150,500,"1,000",300,100,50\n'
        "b,200,100,2000,1700,,\n"
        "value_added,650,1300\n"
    )
    table = read(tmp_path, text)
    assert table.disposable.tolist() == [950, 2000]
    assert list(table.imbalances) == ["b：列合计 1900 与产出 2000 相差 -100"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "table.csv：空文件"),
        ("name,a,output\na,1,2\n", "table.csv:1：“name,a,output”：表头应为 sector"),
        ("sector,a,b\na,1,2\n", "表头应为 sector"),
        ("sector,output\n", "至少应有一个部门"),
        ("sector,a,a,output\na,1,1,2\na,1,1,2\n", "table.csv:1:a：“a”：列名重复"),
        ("sector,a,output,profit\na,1,2,3\n", "table.csv:1:profit：“profit”：部门之后只可有"),
        ("sector,a,b,output\nb,1,1,2\na,1,1,2\n", "table.csv:2:sector：“b”：行的次序应与列相同，此处应为 a"),
        ("sector,a,b,output\na,1,1,2\n", "应有 2 个部门行，却有 1 行"),
        ("sector,a,b,output\na,1,2\nb,1,1,2\n", "table.csv:2：有 3 格，表头有 4 格"),
        ("sector,a,output\na,x,2\n", "table.csv:2:a：“x”：应为数"),
        ("sector,a,output\na,nan,2\n", "table.csv:2:a：“nan”：应为数"),
        ("sector,a,output\na,-1,2\n", "table.csv:2:a：“-1”：不应为负"),
        ("sector,a,output\na,1,0\n", "table.csv:2:output：“0”：a 的产出应大于 0"),
        ("sector,a,output\na,1,\n", "table.csv:2:output：应为数"),
        ('sector,a,output\n"a,1,2\n', "引号未闭合"),
    ],
)
def test_what_is_wrong_is_located(tmp_path, text, message):
    with pytest.raises(LoadRefused, match="table") as refused:
        read(tmp_path, text)
    assert message in str(refused.value)


def test_many_faults_are_counted(tmp_path):
    names = [f"s{n}" for n in range(30)]
    rows = [",".join([name, *(["x"] * 30), "1"]) for name in names]
    with pytest.raises(LoadRefused) as refused:
        read(tmp_path, "\n".join([",".join(["sector", *names, "output"]), *rows]))
    assert str(refused.value).endswith("……另有 880 处")


def test_a_missing_file(tmp_path):
    with pytest.raises(LoadRefused, match="没有文件"):
        read_flow_table(tmp_path / "none.csv")
