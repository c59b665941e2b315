"""Foreign files for tests, made of what stands in them: CSV, ZIP, workbooks as programs write them, vCards."""

import io
import zipfile

from netjob.imports.archives import unpack
from netjob.imports.remarks import Source
from netjob.imports.sheets import Sheet, read_sheets, read_text

PREAMBLE = 'Notes:\n"When exporting your data, some of the e-mail addresses may be missing."\n\n'
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


def connections(*rows: str, header: str = CONNECTIONS, preamble: str = "") -> str:
    return preamble + "\n".join([header, *rows]) + "\n"


def ada(number: int = 0, **cells: str) -> str:
    """One row of Connections.csv."""
    row = {
        "first": "Ada",
        "last": f"Lovelace{number or ''}",
        "url": f"https://www.linkedin.com/in/ada-{number}",
        "email": "",
        "company": "Acme Robotics",
        "position": "Engineer",
        "on": "08 Feb 2026",
    }
    return ",".join((row | cells).values())


def zipped(*members: tuple[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(
    *sheets: str, strings: str = "", styles: str = "", workbook_pr: str = "", hidden: tuple[int, ...] = ()
) -> bytes:
    """A workbook by hand, with the XML of the rows of each sheet; `hidden`: the numbers of some."""
    names = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"{' state="hidden"' if n in hidden else ""}/>'
        for n in range(1, len(sheets) + 1)
    )
    targets = "".join(
        f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)
    )
    parts = [
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{workbook_pr}<sheets>{names}</sheets></workbook>',
        ),
        ("xl/_rels/workbook.xml.rels", f"<Relationships>{targets}</Relationships>"),
        *(
            (
                f"xl/worksheets/sheet{n}.xml",
                f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>',
            )
            for n, rows in enumerate(sheets, start=1)
        ),
    ]
    if strings:
        parts.append(("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>'))
    if styles:
        parts.append(("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'))
    return zipped(*parts)


def row_of(*texts: str, number: int | None = None) -> str:
    """One row of a sheet, its texts within it."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>' if number else f"<row>{cells}</row>"


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def upload(name: str, content: str | bytes) -> list[Source]:
    return unpack(name, content.encode() if isinstance(content, str) else content).sources


def only_sheet(content: str | bytes, name: str = "list.csv") -> Sheet:
    if isinstance(content, str):
        return read_text(name, content)
    [source] = upload(name, content)
    return read_sheets(source)[0]
