"""Files of people become rows: the LinkedIn export, vCards, a newcomer's own list.

`recognising` says who a row is, `employers` which company it names, `changes` what it says of somebody known, and
`writing` writes it; each kind of file is a reader of a few lines on top.
"""

from contacts.importing.connections import ConnectionReader
from contacts.importing.more import CardReader, CompanyFollowReader, NoteReader
from contacts.importing.own_list import OwnListReader
from contacts.importing.owners_files import EducationReader, PositionReader, ProfileReader
from netjob.imports import readers


def register_readers() -> None:
    for reader in (
        ConnectionReader(),
        CompanyFollowReader(),
        CardReader(),
        OwnListReader(),
        NoteReader(),
        ProfileReader(),
        PositionReader(),
        EducationReader(),
    ):
        readers.register(reader)
