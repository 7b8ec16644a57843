"""Files of any size and in the encodings that offices use are read with bounded memory."""

import tracemalloc
from pathlib import Path

import pytest

from loaders.csv.folder import survey
from loaders.csv.lines import Lines

WORDS = "id,name\ntown:a,定襄法兰\ntown:b,太谷玛钢\n"


def rows(folder: Path, content: bytes) -> list[tuple[int, list[str] | str]]:
    (folder / "Town.csv").write_bytes(content)
    (table,) = survey(folder).tables
    assert not table.trouble
    with Lines(table.path, table.encoding) as lines:
        lines.width = 2
        return [(row.line, row.fault or row.texts) for row in lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_read_alike(tmp_path: Path, encoding, ending):
    content = WORDS.replace("\n", ending).encode(encoding)
    assert rows(tmp_path, content) == [
        (1, ["id", "name"]),
        (2, ["town:a", "定襄法兰"]),
        (3, ["town:b", "太谷玛钢"]),
    ]


@pytest.mark.parametrize("damage", [b"\xff", b"\xe5\xae", b"\x80\x80"])
def test_damaged_bytes_cost_their_row_only(tmp_path: Path, damage):
    found = rows(tmp_path, WORDS.encode().replace("玛".encode(), damage))
    assert found[:2] == [(1, ["id", "name"]), (2, ["town:a", "定襄法兰"])]
    assert found[2][0] == 3
    assert damage[:1].hex().upper() in found[2][1]


def test_a_quoted_cell_may_run_over_lines(tmp_path: Path):
    found = rows(tmp_path, b'id,name\ntown:a,"one\ntwo"\ntown:b,"say ""yes"""\n')
    assert found[1:] == [(2, ["town:a", "one\ntwo"]), (4, ["town:b", 'say "yes"'])]


def test_an_unclosed_quote_costs_its_row_only(tmp_path: Path):
    found = rows(tmp_path, b'id,name\ntown:a,"one\ntown:b,two\ntown:c,three\n')
    assert "引号未闭合" in found[1][1]
    assert found[2:] == [(3, ["town:b", "two"]), (4, ["town:c", "three"])]


def test_two_unclosed_quotes_do_not_hide_what_is_between(tmp_path: Path):
    found = rows(tmp_path, b'id,name\ntown:a,"one\ntown:b,two\ntown:c,"three\ntown:d,four\n')
    assert [line for line, _ in found] == [1, 2, 3, 4, 5]
    assert found[2] == (3, ["town:b", "two"])
    assert found[4] == (5, ["town:d", "four"])


def test_a_line_of_200_megabytes_is_one_fault_in_little_memory(tmp_path: Path):
    with (tmp_path / "Town.csv").open("wb") as file:
        file.write(b"id,name\ntown:a,")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b"\ntown:b,after\n")
    tracemalloc.start()
    try:
        (table,) = survey(tmp_path).tables
        with Lines(table.path, table.encoding) as lines:
            found = [(row.line, row.fault[:4] or row.texts) for row in lines]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == [(1, ["id", "name"]), (2, "行过长："), (3, ["town:b", "after"])]
    assert peak < 10_000_000
