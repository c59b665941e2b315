"""The files of the demo: one that was imported, and one that waits to be looked through."""

import datetime as dt
from typing import Final

from netjob.imports import applying, staging
from netjob.models import User

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


def bring_files(owner: User, *, now: dt.datetime) -> None:
    earlier = now - dt.timedelta(days=9)
    batch = staging.begin(owner, "targets 2026.csv", IMPORTED.encode(), today=owner.today(earlier))
    applying.apply(batch, now=earlier, today=owner.today(earlier))
    staging.begin(owner, "from the meetup.csv", WAITING.encode(), today=owner.today(now))
