"""What files tell of requests and messages: LinkedIn's Invitations.csv and messages.csv, a newcomer's own list.

Whom they are about, `contacts.importing` tells; `answering` moves requests as the export says they went on.
"""

from netjob.imports import readers
from outreach.importing.invitations import InvitationReader
from outreach.importing.messages import MessageReader
from outreach.importing.own_list import OwnListRequests


def register_readers() -> None:
    for reader in (InvitationReader(), MessageReader(), OwnListRequests()):
        readers.register(reader)
