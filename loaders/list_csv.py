"""A list as CSV for Excel: a BOM, and nothing that a spreadsheet would run as a formula."""

import csv
from io import StringIO

from loaders.csv.writing import inert
from loaders.export.lists import Sheet


def list_csv(sheet: Sheet) -> bytes:
    """Write one table: headers, rows, then an empty line and what to know when reading it.

    What is unknown is an empty cell. A text that begins with `= + - @`, tab or return gets an apostrophe.
    """
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow([inert(column.words) for column in sheet.columns])
    writer.writerows([inert(cell) for cell in cells] for cells in sheet.rows)
    writer.writerow([])
    writer.writerows([[inert(f"说明：{words}")] for words in (sheet.line, *sheet.notes)])
    return made.getvalue().encode("utf-8-sig")
