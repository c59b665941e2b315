"""The files of the demo: companies and invitations that were imported, and a list that waits to be looked through."""

import datetime as dt
from typing import Final

from contacts.models import Person
from netjob.imports import applying, staging
from netjob.models import User
from outreach.models import Request

IMPORTED: Final = """Company;Industry;Place
Brambleworks;Logistics software;Dublin
Quillfern Analytics;Data and analytics;Dublin
Tidewarden;Energy;Cork
;;
Moonpenny Bank;Banking;Dublin
Larkspur Health;Health care;London;and one cell too many
"""
WAITING: Final = """Company,Website,Industry,Place
Copperline Maps,copperline.example,Maps,Dublin
Brambleworks Ltd,,Logistics software,Dublin
Tidewarden,tidewarden.example,,
Sallowfield Bikes,sallowfield bikes,Mobility,Cork
Moonpenny Bank,,,
,,Retail,Galway
Copperline Maps,,,Dublin
Nettle & Oar,nettleandoar.example,Software,Lisbon
Gannet Freight,,Logistics software,Rotterdam,harbour
"""
ASKED: Final = (
    ("Imke Vossberg", 40, ""),
    ("Tarun Bellamy", 22, "Hi Tarun, may I ask you about maps?"),
    ("Ola Quist", 6, ""),
)
"""People invited on LinkedIn, how many days ago, and with which note: pending, and not picked up."""
INVITATIONS: Final = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"


def invitations(now: dt.datetime) -> str:
    """As LinkedIn's export has them."""
    lines = [INVITATIONS]
    for name, days, note in ASKED:
        sent = now - dt.timedelta(days=days)
        slug = name.lower().replace(" ", "-")
        lines.append(
            f'Sam Seeker,{name},"{sent:%m/%d/%y}, 9:15 AM","{note}",OUTGOING,'
            f"linkedin.com/in/sam-seeker-fictional,linkedin.com/in/{slug}-fictional\n"
        )
    return "".join(lines)


def bring_files(owner: User, *, now: dt.datetime) -> None:
    earlier = now - dt.timedelta(days=9)
    batch = staging.begin(owner, "targets 2026.csv", IMPORTED.encode(), today=owner.today(earlier))
    applying.apply(batch, now=earlier, today=owner.today(earlier))
    lately = now - dt.timedelta(days=5)
    batch = staging.begin(owner, "Invitations.csv", invitations(now).encode(), today=owner.today(lately))
    applying.apply(batch, now=lately, today=owner.today(lately))
    Person.objects.owned_by(owner).filter(requests__is_imported=True).update(created_at=lately)
    Request.objects.owned_by(owner).filter(is_imported=True).update(created_at=lately)
    staging.begin(owner, "from the meetup.csv", WAITING.encode(), today=owner.today(now))
