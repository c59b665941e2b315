"""An upload is what its content is: ZIPs unpacked in memory within limits, wrong kinds refused by their name."""

import struct
import zipfile

import pytest

from netjob.imports import archives
from netjob.imports.archives import MOST_MEMBERS, unpack
from netjob.imports.remarks import NotReadable
from tests.foreign_files import PREAMBLE, ada, card, connections, row_of, upload, workbook, zipped

LIST = connections(ada(1))


def names(content):
    return [source.name for source in unpack("export.zip", content).sources]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Connections.csv", LIST, "csv"),
        ("Connections.zip", LIST, "csv"),
        ("people", LIST, "csv"),
        ("people.xlsx", workbook(row_of("Name")), "xlsx"),
        ("people.csv", workbook(row_of("Name")), "xlsx"),
        ("people.vcf", card("FN:Ada"), "vcard"),
        ("people.csv", "\ufeffbegin:vcard\r\nFN:Ada\r\nend:vcard", "vcard"),
        ("people.vcf", "exported by hand\n" + card("FN:Ada"), "vcard"),
        ("people.vcf", card("FN:Ada").encode("utf-16"), "vcard"),
    ],
)
def test_a_file_is_known_by_its_content_whatever_its_name_says(name, content, kind):
    [source] = upload(name, content)
    assert (source.kind, source.archive) == (kind, "")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4", "7z archive"),
        (b"Rar!\x1a\x07\x01\x00", "RAR archive"),
        (b"\x1f\x8b\x08\0", "gzip archive"),
        (b"BZh91AY&SY", "bzip2 archive"),
        (b"\xfd7zXZ\0\0", "xz archive"),
        (b"Connections.csv".ljust(257, b"\0") + b"ustar\x0000Name,Company", "tar archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "password"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"\n <!DOCTYPE html><html>", "web page"),
        (b"<html><table><tr><td>Name", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "web page"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR", "calendar"),
        (b"", "empty"),
        (b"\r\n \0\n", "empty"),
    ],
)
def test_a_wrong_kind_is_refused_with_what_it_is_and_what_is_expected(content, what):
    with pytest.raises(NotReadable, match=what) as refusal:
        unpack("people.csv", content)
    assert "people.csv" in str(refusal.value)
    assert all(kind in str(refusal.value) for kind in ("CSV", ".xlsx", ".vcf", "ZIP", "Connections.csv"))


@pytest.mark.parametrize(
    ("members", "read"),
    [
        ([("Connections.csv", LIST), ("Profile.csv", LIST), ("a.jpg", b"\xff")], ["Connections.csv", "Profile.csv"]),
        ([("Complete_Export/Connections.csv", PREAMBLE + LIST)], ["Connections.csv"]),
        ([("CONNECTIONS.CSV", LIST)], ["CONNECTIONS.CSV"]),
        ([("Export/Connections.csv", LIST), ("__MACOSX/Export/._Connections.csv", b"\0\5\x16\7")], ["Connections.csv"]),
        ([("../../pwned/Connections.csv", LIST), ("..\\Connections.csv", LIST), ("Notes.csv", LIST)], ["Notes.csv"]),
        ([("/etc/Connections.csv", LIST), ("Jobs/Saved Jobs.csv", "A,B\n")], ["Saved Jobs.csv"]),
        ([("C:/Connections.csv", LIST), ("Notes.csv", LIST)], ["Notes.csv"]),
        ([("people.xlsx", workbook(row_of("Name"))), ("friends.vcf", card("FN:A"))], ["people.xlsx", "friends.vcf"]),
        ([("empty.csv", b""), ("Connections.csv", LIST)], ["Connections.csv"]),
    ],
)  # fmt: skip
def test_a_zip_is_read_by_base_names(members, read):
    assert names(zipped(*members)) == read


def test_of_two_files_of_one_name_the_one_nearest_the_root_is_read_and_the_other_told():
    unpacked = unpack(
        "export.zip",
        zipped(("old/connections.csv", connections(ada(1))), ("Connections.csv", connections(ada(2)))),
    )
    assert [source.content for source in unpacked.sources] == [connections(ada(2)).encode()]
    [remark] = unpacked.remarks
    assert remark.value == "old/connections.csv"
    assert "nearer to the root" in remark.message


def test_what_leads_out_of_an_archive_is_named():
    paths = ["../Connections.csv", "/etc/passwd.csv", "C:\\people.csv"]
    [remark] = unpack("e.zip", zipped(*((path, LIST) for path in [*paths, "Notes.csv"]))).remarks
    assert all(path in remark.message for path in paths)


def test_a_member_of_a_wrong_kind_is_left_out_and_told():
    unpacked = unpack("export.zip", zipped(("Connections.csv", LIST), ("page.txt", "<html>")))
    assert [source.name for source in unpacked.sources] == ["Connections.csv"]
    assert "web page" in unpacked.remarks[0].message


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ([("Part1.zip", zipped(("Connections.csv", LIST)))], "Part1.zip"),
        ([("photo.jpg", b"\xff\xd8")], "Connections.csv"),
        ([("word/document.xml", "<a/>")], "Excel"),
        ([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")], "OpenDocument"),
    ],
)  # fmt: skip
def test_a_zip_without_a_table_says_what_it_lacks(members, told):
    with pytest.raises(NotReadable, match=told):
        unpack("export.zip", zipped(*members))


def test_a_zip_named_as_a_workbook_is_none():
    with pytest.raises(NotReadable, match="no Excel workbook"):
        unpack("people.xlsx", zipped(("hello.txt", "hi")))


def encrypted():
    content = bytearray(zipped(("Connections.csv", LIST), method=zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def broken_inside():
    content = bytearray(zipped(("Connections.csv", LIST * 50)))
    content[80:100] = bytes(20)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (encrypted(), "password"),
        (broken_inside(), "damaged"),
        (zipped(("Connections.csv", LIST))[:-30], "damaged"),
        (zipped(("Connections.csv", LIST))[:60], "damaged"),
        (zipped(("Connections.csv", LIST), method=zipfile.ZIP_LZMA), "unusual"),
        (b"PK\x05\x06" + bytes(18), "no Connections.csv"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(content, told):
    with pytest.raises(NotReadable, match=told):
        unpack("export.zip", content)


def test_limits_are_named():
    with pytest.raises(NotReadable, match="20 MB"):
        unpack("list.csv", b"a" * 20_000_001)
    many = zipped(*((f"{n}.csv", b"a") for n in range(MOST_MEMBERS + 1)), method=zipfile.ZIP_STORED)
    with pytest.raises(NotReadable, match="10,000"):
        unpack("export.zip", many)


@pytest.mark.parametrize("is_honest", [True, False])
def test_what_unpacks_to_too_much_is_refused_whatever_it_says_of_itself(monkeypatch, is_honest):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000_000)
    content = bytearray(zipped(("Connections.csv", b"a" * 2_000_000)))
    if not is_honest:
        for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            at = content.index(mark) + place
            content[at : at + 4] = struct.pack("<L", 900)
    with pytest.raises(NotReadable, match="1 MB" if is_honest else "damaged"):
        unpack("export.zip", bytes(content))


def test_several_files_share_what_may_be_unpacked(monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(NotReadable, match="1 MB"):
        unpack("export.zip", zipped(("a.csv", b"a" * 600_000), ("b.csv", b"b" * 600_000)))
