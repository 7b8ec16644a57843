"""What a workbook file is before its cells are read: its parts, their sizes, how far each sheet reaches."""

import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile

from graph.errors import LoadRefused
from loaders.excel.sheet_xml import (
    LAST_ROW,
    Area,
    Part,
    XmlFault,
    elements,
    letters,
    sheet_part,
    struck_styles,
)

_COMPOUND = b"\xd0\xcf\x11\xe0"
_BOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_DAMAGED = (BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may ask of the machine."""

    bytes: int = 400_000_000
    """Of all parts, unpacked."""
    rows: int = 200_000
    """Of a sheet."""
    cells: int = 10_000_000
    """Rows × columns of a sheet: so many places are allocated, empty ones too."""
    memory: int = 2_000_000_000
    """Bytes of the process that reads it."""
    seconds: float = 180.0
    """Until all of it is read."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Container:
    """What an opened workbook holds."""

    file: ZipFile | None
    """None for a workbook of the old format, which is no archive."""
    sheets: dict[str, str]
    """The part of each sheet, by its name."""
    notes: tuple[str, ...]
    """What its user should know."""
    struck: frozenset[str] = frozenset()
    """Styles that strike a cell through."""
    hidden: frozenset[str] = frozenset()
    """Sheets that are not shown, by their names."""


def opened(path: Path, limits: Limits) -> Container:
    """Open a workbook without trusting it; raise LoadRefused when it can't or shouldn't be read."""
    name = path.name
    if not path.is_file():
        raise LoadRefused(f"没有文件 {path}：请检查路径")
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start == _COMPOUND:
            return _compound(path, limits)
        return _surveyed(ZipFile(path), name, limits)
    except OSError as error:
        raise LoadRefused(f"不能读取 {path}（{error.strerror}）：请检查权限，或关闭 Excel") from error
    except (*_DAMAGED, lzma.LZMAError) as error:
        raise LoadRefused(f"{name}：不是 Excel 工作簿，或已损坏：请在 Excel 中另存为 .xlsx") from error


def part_of(container: Container, sheet: str, limits: Limits) -> Part:
    """Read what the text of a sheet says of its cells; what is wrong with it stands in `trouble`."""
    if container.file is None or sheet not in container.sheets:
        return Part(trouble="不是普通工作表，其中没有单元格")
    try:
        with container.file.open(container.sheets[sheet]) as file:
            part = sheet_part(file, container.struck)
    except XmlFault as fault:
        return Part(trouble=str(fault))
    except (*_DAMAGED, lzma.LZMAError):
        return Part(trouble="压缩的内容已损坏：请在 Excel 中打开并另存为 .xlsx")
    part.trouble = extent_fault(part, limits)
    part.hidden = sheet in container.hidden
    return part


def extent_fault(part: Part, limits: Limits) -> str:
    """Say what of a sheet's extent goes beyond the limits; empty when nothing does."""
    return _overlap(part.merges) or _too_long(part, limits) or _too_wide(part, limits)


def _compound(path: Path, limits: Limits) -> Container:
    """Take a workbook of the old format (.xls, .et): nothing is known of it before it is read.

    Memory and time of the process that reads it are limited all the same.
    """
    if path.stat().st_size > limits.bytes:
        raise LoadRefused(f"{path.name}：大于 {limits.bytes // 1_000_000} MB：数据太多请分成几个工作簿")
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise LoadRefused(f"{path.name}：工作簿有打开密码，不能读取：请在 Excel 中取消密码后另存")
    unseen = "公式用已保存的结果，宏未读取，删除线与隐藏的行列看不到（其中的内容也会装载）"
    note = f"{path.name}：旧格式（.xls、.et）：{unseen}；能另存为 .xlsx 更稳妥"
    return Container(None, {}, (note,))


def _surveyed(file: ZipFile, name: str, limits: Limits) -> Container:
    sizes = {info.filename: info.file_size for info in file.infolist()}
    if (total := sum(sizes.values())) > limits.bytes:
        most = limits.bytes // 1_000_000
        raise LoadRefused(
            f"{name}：解压后有 {total // 1_000_000} MB，最多 {most} MB："
            "疑似压缩炸弹，未读取；数据太多请分成几个工作簿"
        )
    if _BOOK not in sizes:
        raise LoadRefused(f"{name}：不是 .xlsx 工作簿（缺 {_BOOK}）：请在 Excel 中另存为 .xlsx")
    if "xl/sharedStrings.xml" in sizes:
        file.read("xl/sharedStrings.xml")  # a part that unpacks to more than it says fails here
    struck = _struck(file) if _STYLES in sizes else frozenset[str]()
    sheets = list(_sheets(file))
    return Container(
        file,
        {sheet: part for sheet, part, _ in sheets},
        tuple(_notes(sizes, name)),
        struck,
        frozenset(sheet for sheet, _, shown in sheets if not shown),
    )


def _struck(file: ZipFile) -> frozenset[str]:
    with file.open(_STYLES) as styles:
        return struck_styles(styles)


def _notes(parts: dict[str, int], name: str) -> Iterator[str]:
    if any(part.endswith("vbaProject.bin") for part in parts):
        yield f"{name}：含宏，只读取单元格，宏未读取也未运行"
    if any(part.startswith("xl/externalLinks/") for part in parts):
        yield f"{name}：含指向其他工作簿的链接，未打开它们，只用已保存的结果"


def _sheets(file: ZipFile) -> Iterator[tuple[str, str, bool]]:
    """Yield the names of worksheets with their parts, and whether they are shown."""
    with file.open(_RELATIONS) as relations:
        targets = {
            given.get("Id", ""): normpath(join("/xl", given.get("Target", "")))[1:]
            for given in elements(relations, "Relationship")
            if given.get("Type", "").endswith("/worksheet")
        }
    with file.open(_BOOK) as book:
        for given in elements(book, "sheet"):
            id = next((text for name, text in given.items() if name.rpartition(":")[2] == "id"), "")
            if id in targets:
                shown = given.get("state", "visible") == "visible"
                yield given.get("name", ""), targets[id], shown


def _too_long(part: Part, limits: Limits) -> str:
    if part.rows >= LAST_ROW:
        return f"已到 Excel 的最后一行（{LAST_ROW:,} 行），后面的行可能已丢失，未读取：请改用 CSV"
    if part.rows > limits.rows:
        return f"有 {part.rows:,} 行，最多 {limits.rows:,} 行：请分成几个工作簿，或改用 CSV"
    return ""


def _too_wide(part: Part, limits: Limits) -> str:
    """Say that a sheet reaches so far that its empty places fill the memory."""
    if part.rows * part.columns <= limits.cells:
        return ""
    corner = f"{letters(part.columns)}{part.rows}"
    return (
        f"从 A1 一直用到 {corner}（{part.columns:,} 列 × {part.rows:,} 行），"
        f"最多 {limits.cells:,} 格，未读取："
        f"请按 Ctrl+End 查看，删去 {letters(part.columns)} 列、第 {part.rows:,} 行等处多余的内容"
    )


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
