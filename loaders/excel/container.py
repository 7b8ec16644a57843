"""What a workbook file is before it is read: its parts, their sizes, merges and unready formulas."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from graph.errors import LoadRefused

MOST_BYTES = 400_000_000
"""Of all parts, unpacked."""
MOST_ROWS = 200_000
LAST_ROW = 1_048_576
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
_COMPOUND = b"\xd0\xcf\x11\xe0"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_UNREADY = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>')
_ROW = re.compile(rb'<row\b[^>]*\br="(\d+)"')


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; rows and columns count from 1, the last ones belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Write it as a spreadsheet does."""
        return f"{letters(self.left)}{self.top}:{letters(self.right)}{self.bottom}"


@dataclass(slots=True)
class Part:
    """What the text of one sheet says beside its cells."""

    merges: list[Area] = field(default_factory=list[Area])
    unready: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    """Row and column of formulas without a usable result: empty when none was saved, else the error."""
    trouble: str = ""
    """Why nothing of the sheet can be read."""


@dataclass(frozen=True, slots=True)
class Container:
    """The sheets of a workbook by name, and what its user should know."""

    parts: dict[str, Part]
    notes: tuple[str, ...]


def letters(column: int) -> str:
    """Name a column, the first being 1.

    >>> letters(28)
    'AB'
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def ordinal(name: bytes) -> int:
    """Count a column by its letters.

    >>> ordinal(b"AB")
    28
    """
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def inspect(path: Path) -> Container:
    """Look into a workbook without trusting it; raise LoadRefused when it can't or shouldn't be read."""
    name = path.name
    if not path.is_file():
        raise LoadRefused(f"没有文件 {path}：请检查路径")
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == _COMPOUND:
            raise LoadRefused(_compound(path))
        with ZipFile(path) as file:
            return _inspected(file, name)
    except OSError as error:
        raise LoadRefused(f"不能读取 {path}（{error.strerror}）：请检查权限，或关闭 Excel") from error
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise LoadRefused(f"{name}：不是 Excel 工作簿，或已损坏：请在 Excel 中另存为 .xlsx") from error


def _compound(path: Path) -> str:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes()[:MOST_BYTES]:
        return f"{path.name}：工作簿有打开密码，不能读取：请在 Excel 中取消密码后另存"
    return f"{path.name}：是旧格式（.xls）：请在 Excel 中另存为 .xlsx"


def _inspected(file: ZipFile, name: str) -> Container:
    sizes = {info.filename: info.file_size for info in file.infolist()}
    if (total := sum(sizes.values())) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise LoadRefused(
            f"{name}：解压后有 {total // 1_000_000} MB，最多 {limit} MB："
            "疑似压缩炸弹，未读取；数据太多请分成几个工作簿"
        )
    if "xl/workbook.xml" not in sizes:
        raise LoadRefused(f"{name}：不是 .xlsx 工作簿（缺 xl/workbook.xml）：请在 Excel 中另存为 .xlsx")
    notes: list[str] = []
    if any(part.endswith("vbaProject.bin") for part in sizes):
        notes.append(f"{name}：含宏，只读取单元格，宏未读取也未运行")
    if any(part.startswith("xl/externalLinks/") for part in sizes):
        notes.append(f"{name}：含指向其他工作簿的链接，未打开它们，只用已保存的结果")
    if "xl/sharedStrings.xml" in sizes:
        file.read("xl/sharedStrings.xml")  # a part that unpacks to more than it says fails here
    return Container({sheet: _part(file.read(at)) for sheet, at in _sheets(file).items()}, tuple(notes))


def _sheets(file: ZipFile) -> dict[str, str]:
    """Map the names of sheets to their parts."""
    relations = _RELATION.findall(file.read("xl/_rels/workbook.xml.rels"))
    targets = {_attribute(r, "Id"): _attribute(r, "Target") for r in relations}
    found = (
        (_attribute(s, "name"), _attribute(s, "r:id")) for s in _SHEET.findall(file.read("xl/workbook.xml"))
    )
    paths = {name: targets[id].removeprefix("/xl/") for name, id in found if id in targets}
    return {name: f"xl/{path}" for name, path in paths.items() if path.startswith("worksheets/")}


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"'.encode(), tag)
    text = found[1].decode() if found else ""
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def _part(text: bytes) -> Part:
    tail = text.rfind(b"</sheetData>")
    numbers = [[*map(ordinal, m[::2]), *map(int, m[1::2])] for m in _MERGE.findall(text, max(tail, 0))]
    part = Part([Area(top, left, bottom, right) for left, right, top, bottom in numbers])
    if b"<f" in text:
        part.unready = {(int(row), ordinal(column)): "" for column, row in _UNREADY.findall(text)}
    if b't="e"' in text:
        part.unready |= {(int(r), ordinal(c)): error.decode() for c, r, error in _ERROR.findall(text)}
    part.trouble = _overlap(part.merges) or _too_long(text)
    return part


def _too_long(text: bytes) -> str:
    """Find the last row with something in it."""
    last = max(text.rfind(b"<v>"), text.rfind(b"<is>"))
    at = text.rfind(b"<row", 0, last) if last >= 0 else -1
    found = _ROW.match(text, at) if at >= 0 else None
    rows = int(found[1]) if found else 0
    if rows >= LAST_ROW:
        return f"已到 Excel 的最后一行（{LAST_ROW:,} 行），后面的行可能已丢失，未读取：请改用 CSV"
    return f"有 {rows:,} 行，最多 {MOST_ROWS:,} 行：请分成几个工作簿，或改用 CSV" if rows > MOST_ROWS else ""


def _overlap(merges: list[Area]) -> str:
    """Name two merged areas that share a cell: sorted by rows, only areas still open can meet."""
    active: list[Area] = []
    for area in sorted(merges, key=lambda a: a.top):
        active = [other for other in active if other.bottom >= area.top]
        for other in active:
            if other.left <= area.right and area.left <= other.right:
                return f"合并单元格 {other} 与 {area} 重叠：请取消合并后重新填写"
        active.append(area)
    return ""
