"""What is due: every next step of the search, derived from what happened, never stored.

Only rows in play are read: open requests within the reach of the cadence, conversations that wait for
something, the best few of the people and companies that come next. The same steps feed Today and the
person's page, which has one for somebody not in play, too; a `Deferral` (put off, skipped) is the only row
that a step can have.

Each module beside `agenda` is a source of steps: what it looks for, and what it says of it.
"""

from outreach.agenda.agenda import Agenda, cadence_of, calendar_of
from outreach.agenda.steps import KINDS, Rest, Step

__all__ = ["KINDS", "Agenda", "Rest", "Step", "cadence_of", "calendar_of"]
