"""An upload as the files that are in it, recognised by their content and unpacked in memory.

Nothing is written to disk, no path of an archive is followed, and sizes are counted while reading: what an
archive says about itself is not believed.
"""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from netjob.imports.remarks import NotReadable, Remark, Source

MEGABYTE: Final = 1_000_000
MOST_UPLOADED: Final = 20 * MEGABYTE
MOST_UNPACKED: Final = 100 * MEGABYTE
MOST_MEMBERS: Final = 10_000
CHUNK: Final = 1 << 16
SHOWN_PATHS: Final = 5

_READ: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".vcf", ".vcard")
_PACKED: Final = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz", ".bz2", ".xz")
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
)
_END_OF_ZIP: Final = b"PK\x05\x06"
_MEMBER: Final = b"PK\x01\x02"

_SIGNATURES: Final = (
    (b"PK\x03\x04", "zip"),
    (_END_OF_ZIP, "zip"),
    (b"PK\x07\x08", "zip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"%PDF-", "pdf"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
)
_TAR: Final = b"ustar"
"""At the 257th byte of an archive of tape."""
_MARKUP: Final = re.compile(
    rb"<(?:!--|(?:!doctype|\?xml|html|head|body|table|svg|meta|title)\b)", re.IGNORECASE
)
_CALENDAR: Final = re.compile(rb"begin[ \t]*:[ \t]*vcalendar", re.IGNORECASE)
_CARD: Final = re.compile(rb"^begin[ \t]*:[ \t]*vcard", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class Unpacked:
    sources: list[Source]
    remarks: list[Remark] = field(default_factory=list)
    """Members that were left out, and why: another of the same name lay nearer to the root, a path led outside."""


def unpack(name: str, content: bytes) -> Unpacked:
    """The files of an upload, nearest to the root first. Raises `NotReadable` for what holds none."""
    name = base_name(name)
    if len(content) > MOST_UPLOADED:
        raise NotReadable(
            _("%(file)s is larger than %(most)d MB, the most that is read at once.")
            % {"file": name, "most": MOST_UPLOADED // MEGABYTE}
        )
    if not content.strip(b"\0 \t\r\n"):
        raise NotReadable(_("%(file)s is empty. %(expected)s") % {"file": name, "expected": expected()})
    if _signature(content) == "zip":
        return _unpack_zip(name, content)
    return Unpacked([Source(name, content, _kind(name, content))])


def expected() -> str:
    return _(
        "What can be read: a CSV file, an Excel workbook (.xlsx), vCards (.vcf), or the ZIP of LinkedIn's "
        "data export with its Connections.csv."
    )


def base_name(path: str) -> str:
    """The last part of a path of any system, without what a terminal or a header would act on."""
    return _printable(re.split(r"[/\\]", path)[-1]) or _("The file")


def _printable(path: str) -> str:
    return "".join(c for c in path if c.isprintable())[:255]


def same_name(name: str) -> str:
    """By what LinkedIn's file names are told: letter case, spaces and underscores do not count."""
    return re.sub(r"[\s_]+", "", name).casefold()


def _signature(content: bytes) -> str:
    if content.startswith(_TAR, 257):
        return "tar"
    return next((kind for magic, kind in _SIGNATURES if content.startswith(magic)), "")


def _kind(name: str, content: bytes) -> str:
    """ "csv" or "vcard" for a text; everything else is refused by what it is."""
    if what := _called(_signature(content)):
        raise NotReadable(
            _("%(file)s is %(what)s. %(expected)s") % {"file": name, "what": what, "expected": expected()}
        )
    beginning = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    if _MARKUP.match(beginning):
        raise NotReadable(
            _("%(file)s is a web page or another XML file. %(expected)s")
            % {"file": name, "expected": expected()}
        )
    if _CALENDAR.match(beginning):
        raise NotReadable(
            _("%(file)s is a calendar (iCalendar), no vCard. %(expected)s")
            % {"file": name, "expected": expected()}
        )
    is_named_so = name.lower().endswith((".vcf", ".vcard"))
    return "vcard" if (_CARD.search if is_named_so else _CARD.match)(beginning) else "csv"


def _called(signature: str) -> str:
    """What a file is that cannot be read, and what helps."""
    return {
        "7z": _("a 7z archive: pack it as a ZIP"),
        "rar": _("a RAR archive: pack it as a ZIP"),
        "gzip": _("a gzip archive: unpack it first"),
        "bzip2": _("a bzip2 archive: unpack it first"),
        "xz": _("an xz archive: unpack it first"),
        "tar": _("a tar archive: unpack it first"),
        "ole": _("an old Excel file (.xls), or one with a password: save it as .xlsx without a password"),
        "image": _("a picture"),
        "pdf": _("a PDF"),
        "zip": _("another archive: unpack it first"),
    }.get(signature, "")


def _unpack_zip(name: str, content: bytes) -> Unpacked:
    if _members(content) > MOST_MEMBERS:
        raise NotReadable(
            _("%(file)s holds more than %(most)s files, the most that are read at once.")
            % {"file": name, "most": f"{MOST_MEMBERS:,}"}
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.filename.startswith("xl/") for member in members):
                return Unpacked([Source(name, content, "xlsx")])
            _refuse_other_documents(name, members)
            return _read_members(name, archive, members)
    except _DAMAGED as error:
        raise NotReadable(
            _("%(file)s is damaged and cannot be unpacked: download or pack it again.") % {"file": name}
        ) from error


def _members(content: bytes) -> int:
    """How many members the directory of a ZIP lists, counted in it before anything is made of them."""
    end = content.rfind(_END_OF_ZIP)
    if end < 0 or len(content) < end + 16:
        return 0
    (size,) = struct.unpack("<L", content[end + 12 : end + 16])
    return content.count(_MEMBER, max(end - size, 0), end)


def _refuse_other_documents(name: str, members: list[zipfile.ZipInfo]) -> None:
    names = {member.filename for member in members}
    if name.lower().endswith((".xlsx", ".xlsm")) or any(n.startswith(("word/", "ppt/")) for n in names):
        raise NotReadable(
            _("%(file)s holds no Excel workbook. %(expected)s") % {"file": name, "expected": expected()}
        )
    if "content.xml" in names and "mimetype" in names:
        raise NotReadable(_("%(file)s is an OpenDocument file: save it as .xlsx or CSV.") % {"file": name})


def _read_members(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Unpacked:
    unpacked = Unpacked([])
    taken: dict[str, str] = {}
    left = MOST_UNPACKED
    if outside := [member.filename for member in members if _leads_outside(member)]:
        message = _("Left out, for their paths lead out of the archive: %(names)s.") % {
            "names": ", ".join(_printable(path) for path in outside[:SHOWN_PATHS])
            + (f" (+{len(outside) - SHOWN_PATHS})" if len(outside) > SHOWN_PATHS else "")
        }
        unpacked.remarks.append(Remark(name, None, "", "", message))
    for member in sorted(filter(_is_wanted, members), key=_depth):
        base = base_name(member.filename)
        if nearer := taken.get(same_name(base)):
            message = _("Left out: %(nearer)s lies nearer to the root.") % {"nearer": nearer}
            unpacked.remarks.append(Remark(base, None, "", member.filename, message))
            continue
        content = _read(name, archive, member, left)
        left -= len(content)
        try:
            kind = "xlsx" if _signature(content) == "zip" else _kind(base, content)
        except NotReadable as refusal:
            unpacked.remarks.append(Remark(base, None, "", member.filename, str(refusal)))
            continue
        if content.strip(b"\0 \t\r\n"):
            taken[same_name(base)] = member.filename
            unpacked.sources.append(Source(base, content, kind, archive=name))
    if not unpacked.sources:
        refusals = [remark.message for remark in unpacked.remarks]
        raise NotReadable(" ".join([*refusals[:1], _nothing_in(name, members)]))
    return unpacked


def _leads_outside(member: zipfile.ZipInfo) -> bool:
    parts = re.split(r"[/\\]", member.filename)
    return ".." in parts or not parts[0] or ":" in parts[0]


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    """Tables and vCards; not what leads out of the archive, nor the twins and notes that a Mac packs along."""
    parts = re.split(r"[/\\]", member.filename)
    if _leads_outside(member):
        return False
    return parts[-1].lower().endswith(_READ) and not parts[-1].startswith(".") and "__MACOSX" not in parts


def _depth(member: zipfile.ZipInfo) -> int:
    return len([part for part in re.split(r"[/\\]", member.filename) if part not in ("", ".")])


def _read(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.flag_bits & 1:
        raise NotReadable(_("%(file)s is encrypted: pack it again without a password.") % {"file": name})
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # LZMA lets an archive say how much memory is taken before the first byte comes out.
        raise NotReadable(
            _("%(file)s is packed in an unusual way: pack it again as a plain ZIP.") % {"file": name}
        )
    if member.file_size > most:  # what it says of itself may refuse it, never let it in
        raise _too_large(name)
    content = io.BytesIO()
    with archive.open(member) as packed:
        while chunk := packed.read(CHUNK):
            content.write(chunk)
            if content.tell() > most:
                raise _too_large(name)
    return content.getvalue()


def _too_large(name: str) -> NotReadable:
    return NotReadable(
        _("%(file)s unpacks to more than %(most)d MB, the most that is read at once.")
        % {"file": name, "most": MOST_UNPACKED // MEGABYTE}
    )


def _nothing_in(name: str, members: list[zipfile.ZipInfo]) -> str:
    inner = [base_name(m.filename) for m in members if m.filename.lower().endswith(_PACKED)]
    if inner:
        return _(
            "%(file)s holds another archive, %(inner)s: unpack it, and take the Connections.csv or the ZIP "
            "that is in it."
        ) % {"file": name, "inner": inner[0]}
    return _("%(file)s holds no Connections.csv or other table. %(expected)s") % {
        "file": name,
        "expected": expected(),
    }
