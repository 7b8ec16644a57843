"""The XML of a workbook, read as a stream that no text can make long, deep or costly.

The parser is expat: it takes each byte once, whatever is written. A DTD, which could declare entities, is
refused, and so is what is nested too deeply or has too many attributes.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, NoReturn
from xml.parsers import expat

DEEPEST = 100
"""Elements around an element; a sheet of Excel needs 10."""
MOST_ATTRIBUTES = 200
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""What Excel has."""
_CHUNK = 1 << 16
_CELL = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")

type Attributes = dict[str, str]
type Begin = Callable[[str, Attributes], None]


class XmlFault(ValueError):
    """XML that can't or shouldn't be read; the message says why and where."""


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
    """What the text of one sheet says beside the values of its cells."""

    merges: list[Area] = field(default_factory=list[Area])
    unready: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    """Row and column of formulas without a usable result: empty when none was saved, else the error."""
    broken: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    """Rows of a text file that can't be read: what stands there, and why. Filled while rows are read."""
    struck: dict[int, set[int]] = field(default_factory=dict[int, set[int]])
    """Columns of the cells with something in them that are struck through, by their rows."""
    hidden: bool = False
    """Whether the sheet itself is not shown."""
    hidden_rows: set[int] = field(default_factory=set[int])
    """Rows that are not shown: filtered out, folded up, or hidden by hand."""
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Columns that are not shown, from and to."""
    rows: int = 0
    """The last row with something in it."""
    columns: int = 0
    """The last column with something in it."""
    trouble: str = ""
    """Why nothing of the sheet can be read."""


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


def ordinal(name: str) -> int:
    """Count a column by its letters.

    >>> ordinal("AB")
    28
    """
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_at(reference: str) -> tuple[int, int]:
    """Find the row and column of a cell; raise XmlFault for one that no sheet has.

    >>> cell_at("AB7")
    (7, 28)
    """
    found = _CELL.fullmatch(reference)
    if found:
        row, column = int(found[2]), ordinal(found[1])
        if row <= LAST_ROW and column <= LAST_COLUMN:
            return row, column
    raise XmlFault(f"没有单元格“{reference[:20]}”：工作表最多到 {letters(LAST_COLUMN)}{LAST_ROW}")


def elements(file: IO[bytes], wanted: str) -> Iterator[Attributes]:
    """Yield the attributes of every element of a name, prefixes aside."""
    found: list[Attributes] = []
    around: list[str] = []

    def begin(tag: str, given: Attributes) -> None:
        around.append(tag)
        if len(around) > DEEPEST or len(given) > MOST_ATTRIBUTES:
            _excess(len(around))
        if tag.rpartition(":")[2] == wanted:
            found.append(given)

    parser = _parser(begin, around)
    for chunk in _chunks(file):
        _feed(parser, chunk)
        yield from found
        found.clear()


def struck_styles(file: IO[bytes]) -> frozenset[str]:
    """Read the XML of a workbook's styles: which of them, by their numbers, strike a cell through."""
    fonts: list[bool] = []
    found: list[str] = []
    around: list[str] = []

    def begin(tag: str, given: Attributes) -> None:
        around.append(tag)
        if len(around) > DEEPEST or len(given) > MOST_ATTRIBUTES:
            _excess(len(around))
        name, places = tag.rpartition(":")[2], {one.rpartition(":")[2] for one in around[:-1]}
        if name == "font" and "fonts" in places:
            fonts.append(False)
        elif name == "strike" and "fonts" in places and fonts:
            fonts[-1] = given.get("val", "1") not in {"0", "false"}
        elif name == "xf" and "cellXfs" in places:
            found.append(given.get("fontId", "0"))

    parser = _parser(begin, around)
    for chunk in _chunks(file):
        _feed(parser, chunk)
    struck = {str(number) for number, one in enumerate(fonts) if one}
    return frozenset(str(style) for style, font in enumerate(found) if font in struck)


def sheet_part(file: IO[bytes], struck: frozenset[str] = frozenset()) -> Part:
    """Read the XML of a sheet, given the styles that strike cells through; raise XmlFault when it is none."""
    reader = _SheetReader(struck)
    for chunk in _chunks(file):
        _feed(reader.parser, chunk)
    reader.settle()
    return reader.part


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a file, and at its end none."""
    while chunk := file.read(_CHUNK):
        yield chunk
    yield b""


def _feed(parser: expat.XMLParserType, chunk: bytes) -> None:
    try:
        parser.Parse(chunk, not chunk)
    except expat.ExpatError as error:
        place = f"第 {error.lineno:,} 行第 {error.offset + 1:,} 字"
        raise XmlFault(f"不是完好的 XML（{place}）：请在 Excel 中打开并另存为 .xlsx") from error


def _parser(begin: Begin, around: list[str]) -> expat.XMLParserType:
    """Make a parser that calls a function at the start of each element, which adds it to those around."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = around.remove  # of equal names any will do: only their number counts
    parser.StartDoctypeDeclHandler = _refuse_dtd
    return parser


def _excess(depth: int) -> NoReturn:
    what = f"元素嵌套超过 {DEEPEST} 层" if depth > DEEPEST else f"一个元素的属性超过 {MOST_ATTRIBUTES} 个"
    raise XmlFault(f"XML 中{what}，不是 Excel 写的：请在 Excel 中另存为 .xlsx")


def _refuse_dtd(*_: object) -> NoReturn:
    raise XmlFault("含 DTD 或实体声明（<!DOCTYPE …>），可能是 XML 炸弹：请在 Excel 中另存为 .xlsx")


def _true(text: str | None) -> bool:
    return text in {"1", "true"}


def _column(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= len(str(LAST_COLUMN)):
        return int(text)
    raise XmlFault(f"没有第“{text[:20]}”列：工作表最多到 {letters(LAST_COLUMN)} 列")


class _SheetReader:
    """Follows the cells of a sheet: how far they reach, and which formulas have no result."""

    __slots__ = (
        *("_around", "_column", "_columns", "_digits", "_formula", "_kind", "_row", "_row_around", "_text"),
        *("_strikes", "_struck", "parser", "part"),
    )

    def __init__(self, struck: frozenset[str]) -> None:
        self.part = Part()
        self._strikes, self._struck = struck, False
        """Styles that strike a cell through, and whether the cell has one."""
        self._around: list[str] = []
        self.parser = _parser(self._begin, self._around)
        self._row = self._column = self._row_around = 0
        """Where the cell says that it is, and the row around it."""
        self._digits = ""
        """The number of that row as the references of its cells end with it."""
        self._columns: dict[str, int] = {}
        """Columns by the letters that were met: read once a column, not once a cell."""
        self._kind: str | None = None
        self._formula = False
        self._text: list[str] | None = None
        """The saved result of a formula, or an error; None: of no interest."""

    def _begin(self, tag: str, given: Attributes) -> None:
        self._around.append(tag)
        if len(self._around) > DEEPEST or len(given) > MOST_ATTRIBUTES:
            _excess(len(self._around))
        if tag == "v":
            self._value()
        elif tag == "c":
            self._cell(given)
        elif tag == "row":
            self._begin_row(given)
        else:
            self._other(tag.rpartition(":")[2], given)

    def _other(self, name: str, given: Attributes) -> None:
        if name == "f":
            self._formula = True
        elif name in ("v", "is"):
            self._value()
        elif name == "c":
            self._cell(given)
        elif name == "row":
            self._begin_row(given)
        elif name == "mergeCell":
            self._merge(given)
        elif name == "col" and _true(given.get("hidden")):
            first = given.get("min", "")
            self.part.hidden_columns.append((_column(first), _column(given.get("max", first))))

    def _begin_row(self, given: Attributes) -> None:
        self.settle()
        self._digits = given.get("r", "")
        self._row_around = cell_at(f"A{self._digits}")[0] if self._digits else self._row_around + 1
        self._row, self._column = self._row_around, 0
        if "hidden" in given and _true(given["hidden"]):
            self.part.hidden_rows.add(self._row_around)

    def _cell(self, given: Attributes) -> None:
        if self._formula or self._text is not None:
            self.settle()
        self._kind, self._struck = given.get("t"), given.get("s") in self._strikes
        reference = given.get("r")
        if reference is None:
            self._row, self._column = self._row_around, self._column + 1
        elif column := self._columns.get(reference.removesuffix(self._digits)):
            self._row, self._column = self._row_around, column
        else:
            self._row, self._column = cell_at(reference)
            if self._digits and self._row == self._row_around:
                self._columns[reference.removesuffix(self._digits)] = self._column

    def _value(self) -> None:
        part = self.part
        if self._row > part.rows or self._row_around > part.rows:
            part.rows = max(self._row, self._row_around)
        part.columns = max(part.columns, self._column)
        if self._struck:
            part.struck.setdefault(self._row, set()).add(self._column)
        if self._formula or self._kind == "e":
            self._text = []
            self.parser.CharacterDataHandler = self._text.append

    def settle(self) -> None:
        """Keep a formula without a result, or the error that is one, once its cell is over."""
        text = "".join(self._text or ()).strip()
        if (self._formula and not text) or (self._kind == "e" and text):
            self.part.unready[self._row, self._column] = text
        self._formula, self._text, self._kind = False, None, None
        self.parser.CharacterDataHandler = None

    def _merge(self, given: Attributes) -> None:
        first, _, last = given.get("ref", "").partition(":")
        top, left = cell_at(first)
        bottom, right = cell_at(last or first)
        self.part.merges.append(Area(top, left, bottom, right))
