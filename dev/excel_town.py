"""A town with ten suppliers, typed into the template as a person would, and its pictures.

`python -m dev.excel_town` fills the template, loads it beside the demo data, and draws docs/pictures/excel-*
with LibreOffice (`soffice`) and poppler (`pdftoppm`), which must be installed.
"""

import asyncio
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook as opened
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageChops

from dev.demo import demo
from loaders.excel.rejected_rows import write_report
from loaders.excel.template import write_template
from loaders.excel.titles import REASON
from loaders.excel.workbook import load_workbook

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDEST, NARROW, TALL = 45, 15, 32
"""Widths of the reason and of other columns, and the height of rows, in a picture of rejected rows."""
TOWN, LEADER, COUNTY = "样例代县酒曲", "样例代县酒业公司", "代县"
SUPPLIERS = tuple(f"样例{n}号曲坊" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十"))
GOOD, SOURCE = "样例酒曲", "样例代县台账"
_MISTAKES = {4: ("买方", "代县酒业"), 7: ("金额（万元/年）", "四十")}
"""A name cut short and a figure in words, by row of 供应."""
_WRITTEN = ("40", "４２", "0.0045亿元", 43.5, "44万元", 45, "46", "47", 48, "49.5")
_DATES = (datetime(2018, 5, 1), "2018年5月1日", "2018-05-01", "2018.5.1", "2018/5/1")  # noqa: DTZ001 - Excel has no zone

type Rows = list[dict[str, object]]


def typed(*, mistakes: bool = True) -> dict[str, Rows]:
    """List what is typed, by sheet and header."""
    everyone = (LEADER, *SUPPLIERS)
    firms: Rows = [
        {"主体名称": name, "主体形式": "企业", "所在县": COUNTY, "成立日期": _DATES[n % len(_DATES)]}
        for n, name in enumerate(everyone)
    ]
    flows: Rows = [
        {
            "卖方": name,
            "买方": LEADER,
            "产品": GOOD,
            "年份": "２０２４",
            "金额（万元/年）": sum_,
            "来源": SOURCE,
        }
        for name, sum_ in zip(SUPPLIERS, _WRITTEN, strict=True)
    ]
    for row, (header, text) in _MISTAKES.items() if mistakes else ():
        flows[row][header] = text
    return {
        "专业镇": [{"专业镇名称": TOWN, "专业镇级别": "县级", "认定状态": "培育（未认定）"}],
        "专业镇所在县域": [{"专业镇": TOWN, "行政区划": COUNTY}],
        "产品或产业链环节": [{"产品或产业链环节名称": GOOD, "产品或环节类别": "原材料", "计量单位": "吨"}],
        "来源": [{"来源名称": SOURCE, "来源等级": "C"}],
        "主体": firms,
        "主体属于专业镇": [{"主体": name, "专业镇": TOWN} for name in everyone],
        "龙头企业带动专业镇": [{"主体": LEADER, "专业镇": TOWN}],
        "供应": flows,
    }


def fill(path: Path, sheets: dict[str, Rows]) -> None:
    """Type rows below the examples, each cell under its header."""
    book = opened(path)
    for sheet, rows in sheets.items():
        page = book[sheet]
        headers = [cell.value for cell in page[1]]
        start = 3 if page["A2"].value == "示例" else 2
        for number, row in enumerate(rows, start):
            for header, value in row.items():
                page.cell(number, headers.index(header) + 1, value)  # pyright: ignore[reportCallIssue, reportArgumentType]
    book.save(path)


def mend(path: Path) -> None:
    """Put right what came back: the whole name, the figure in digits."""
    book = opened(path)
    page = book["供应"]
    headers = [cell.value for cell in page[1]]
    for row in (2, 3):
        page.cell(row, headers.index("买方") + 1, LEADER)
    page.cell(3, headers.index("金额（万元/年）") + 1, 47)
    book.save(path)


def narrow(page: Worksheet) -> None:
    """Hide the columns that hold nothing, and wrap long texts, so that a picture of the sheet can be read."""
    for number, column in enumerate(page.iter_cols(), 1):
        size = page.column_dimensions[get_column_letter(number)]
        size.min = size.max = number
        size.hidden = not any(cell.value for cell in column[1:])
        size.width = WIDEST if column[0].value == REASON else NARROW
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in range(1, page.max_row + 1):
        page.row_dimensions[row].height = TALL


def draw(book: Path, sheet: str, area: str, out: Path, *, narrowed: bool = False) -> None:
    """Draw the cells of an area as a picture."""
    made = opened(book)
    for other in [name for name in made.sheetnames if name != sheet]:
        del made[other]
    page = made[sheet]
    for row in page.iter_rows():
        for cell in row:
            cell.comment = None
    if narrowed:
        narrow(page)
    page.print_area = area
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    page.print_options.gridLines = page.print_options.headings = True
    with tempfile.TemporaryDirectory() as folder:
        made.save(Path(folder) / "page.xlsx")
        convert = ["soffice", "--headless", "--convert-to", "pdf", "page.xlsx"]
        subprocess.run(convert, cwd=folder, check=True, capture_output=True, timeout=120)  # noqa: S603
        paint = ["pdftoppm", "-png", "-r", "110", "-singlefile", "page.pdf", "page"]
        subprocess.run(paint, cwd=folder, check=True, timeout=60)  # noqa: S603
        image = Image.open(Path(folder) / "page.png").convert("RGB")
        box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
        image.crop(box).quantize(32).save(out, optimize=True)


async def main() -> None:
    """Fill, load, draw."""
    with tempfile.TemporaryDirectory() as name:
        book, back = Path(name) / "酒曲.xlsx", Path(name) / "退回.xlsx"
        write_template(book)
        draw(book, "填写说明", "A1:A11", PICTURES / "excel-guide.png")
        fill(book, typed())
        draw(book, "供应", "A1:H12", PICTURES / "excel-filled.png")
        async with demo() as (store, _):
            report = await load_workbook(store, book)
        print("\n".join(report.lines()))  # noqa: T201 - a tool on the terminal
        write_report(report, back)
        draw(back, "供应", "A1:N3", PICTURES / "excel-rejected.png", narrowed=True)


if __name__ == "__main__":
    asyncio.run(main())
