"""openpyxl: reads every cell of a workbook in its fast, read-only way; nothing is checked. `make FROM ROWS TO` writes one."""
import csv, sys
from itertools import islice
import openpyxl


def number(text):
    if len(text) > 12:  # a code, of which a number would lose digits
        return text
    try:
        return float(text)
    except ValueError:
        return text or None


if sys.argv[1] == "make":
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("自行监测结果")
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        for row in islice(csv.reader(file), int(sys.argv[3]) + 1):
            sheet.append([number(cell) for cell in row])
    book.save(sys.argv[4])
else:
    book = openpyxl.load_workbook(sys.argv[-1], read_only=True)
    print(sum(1 for row in book.worksheets[0].iter_rows(values_only=True) if any(cell is not None for cell in row)))
