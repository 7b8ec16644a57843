"""What a folder holds: which files are tables of which kind, how each is encoded, and what can't be read."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import file_digest, sha256
from pathlib import Path

from graph.errors import LoadRefused
from graph.kinds import BOOKS, NODE_OF, NODES, RELATION_OF, RELATIONS, Node, Relation

_CHUNK = 1 << 20
_SAVE_AS = "请在 Excel 中另存为 “CSV UTF-8（逗号分隔）”"
_ORDER = {kind.label: place for place, kind in enumerate((*NODES, *RELATIONS))}
_BOOKS = {kind.label for kind in BOOKS}


@dataclass(frozen=True, slots=True)
class Table:
    """A file that holds rows of one kind."""

    path: Path
    kind: type[Node | Relation]
    size: int
    sha256: str
    encoding: str
    trouble: str = ""
    """Why nothing of it can be read."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """The tables in the order they are loaded, and what else lies there."""

    tables: tuple[Table, ...]
    strangers: tuple[tuple[str, str], ...]
    """CSV files that are no table, each with what to do about it."""
    ignored: tuple[str, ...]


def survey(folder: Path) -> Folder:
    """Look through a folder; raise LoadRefused when nothing in it can be loaded."""
    names = sorted(path for path in _listed(folder) if path.is_file() and not path.name.startswith("."))
    files = [path for path in names if path.suffix.lower() == ".csv"]
    known = sorted((p for p in files if _kind(p)), key=lambda p: (_ORDER[p.stem], p.name))
    if not files:
        raise LoadRefused(
            f"文件夹 {folder} 中没有表：应有以种类命名的 CSV 文件，如 Town.csv、SUPPLIES.csv，"
            "或 zhenlian export 写出的 *.jsonl、*.parquet、*.graphml"
        )
    return Folder(
        tuple(_table(path) for path in known),
        tuple((path.name, _stranger(path.stem)) for path in files if path not in known),
        tuple(path.name for path in names if path not in files),
    )


def digests(files: Iterable[Path]) -> list[str]:
    """Name files with their SHA-256, as the record of a load keeps them."""
    found: list[str] = []
    for path in files:
        with path.open("rb") as file:
            found.append(f"{path.name} {file_digest(file, 'sha256').hexdigest()}")
    return found


def _listed(folder: Path) -> list[Path]:
    if not folder.exists():
        raise LoadRefused(f"没有文件夹 {folder}：请检查路径")
    if not folder.is_dir():
        raise LoadRefused(f"{folder} 是文件，不是文件夹：请给出放 CSV 表的文件夹")
    try:
        return list(folder.iterdir())
    except OSError as error:
        raise LoadRefused(f"不能读取文件夹 {folder}（{error.strerror}）：请检查权限") from error


def _kind(path: Path) -> type[Node | Relation] | None:
    return None if path.stem in _BOOKS else NODE_OF.get(path.stem) or RELATION_OF.get(path.stem)


def _stranger(stem: str) -> str:
    if stem in _BOOKS:
        return "这类记录由系统自己写，不能装载；请移走此文件"
    near = {label.lower(): label for label in _ORDER}
    close = get_close_matches(stem.lower(), near, 1, 0.5)
    meant = f"是否应为 {near[close[0]]}.csv？" if close else ""
    return f"没有这种表，未装载；{meant}可用的表名：{'、'.join(_ORDER)}"


def _table(path: Path) -> Table:
    kind = NODE_OF.get(path.stem) or RELATION_OF[path.stem]
    return examined(path, kind)


def examined(path: Path, kind: type[Node | Relation]) -> Table:
    """Look at a file of text: its size, digest and encoding, or why it can't be read."""
    try:
        digest, trouble, line = _scan(path)
        size = path.stat().st_size
        encoding = "" if trouble or not size else encoding_of(path)
    except OSError as error:
        return Table(
            path, kind, 0, "", "", f"不能读取（{error.strerror}）：请检查权限，或关闭正在使用它的程序"
        )
    if not trouble and not size:
        trouble = "空文件：第一行应为列名"
    if not encoding and not trouble:
        trouble = f"不是 UTF-8，也不是 GB18030 文字（可能是其他格式的文件改了扩展名）；{_SAVE_AS}"
    return Table(path, kind, size, digest, encoding, trouble, line)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _scan(path: Path) -> tuple[str, str, int]:
    """Compute the digest, and find what no text table holds."""
    digest, newlines, returns, trouble, line = sha256(), 0, 0, "", 0
    for chunk in _chunks(path):
        if not newlines and not returns and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            trouble = f"编码是 UTF-16，不能读取；{_SAVE_AS}"
        if not trouble and (place := chunk.find(0)) >= 0:
            line = newlines + chunk.count(b"\n", 0, place) + 1
            trouble = (
                f"第 {line} 行含空字节（00），不是 CSV 文字（可能是 Excel 工作簿或 UTF-16 文件）；{_SAVE_AS}"
            )
        digest.update(chunk)
        newlines += chunk.count(b"\n")
        returns += chunk.count(b"\r")
    if returns and not newlines and not trouble:
        trouble = f"换行符只有回车（旧式 Mac 格式），不能读取；{_SAVE_AS}"
    return digest.hexdigest(), trouble, line


def encoding_of(path: Path) -> str:
    """Tell UTF-8 from GB18030: the one that reads with fewer damaged places; empty when neither does."""
    if _reads(path, "utf-8"):
        return "utf-8"
    if _sound(path, "utf-8"):
        return "utf-8"
    return "gb18030" if _reads(path, "gb18030") or _sound(path, "gb18030") else ""


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _sound(path: Path, encoding: str) -> bool:
    """Whether most of what is not ASCII reads well, a few damaged places aside."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    wrong = foreign = 0
    for chunk in _chunks(path):
        text = decoder.decode(chunk)
        wrong += text.count("\ufffd")
        foreign += len(text) - len(text.encode("ascii", "ignore"))
    return wrong < foreign - wrong
