"""Files as people bring them, made here: a LinkedIn export and its parts, in the forms that LinkedIn writes."""

import csv
import datetime as dt
import io
import zipfile

from netjob.imports import applying, staging

CONNECTION = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
OLD_CONNECTION = ("First Name", "Last Name", "Email Address", "Company", "Position", "Connected On")
INVITATION = ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl")
MESSAGE = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE",
    "SUBJECT", "CONTENT", "FOLDER",
)  # fmt: skip
ME = ("Ada Seeker", "https://www.linkedin.com/in/ada-seeker")
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def url(name):
    return "https://www.linkedin.com/in/" + name.lower().replace(" ", "-")


def table(*rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def connections(*people):
    """Each (name, company, role, day), with more by name: `link`, `email`."""
    return b'Notes:\n"When exporting your connection data"\n\n' + table(CONNECTION, *map(connection, people))


def connection(person):
    name, company, role, day, *more = person
    first, last = name.rsplit(" ", 1)
    said = dict(more[0]) if more else {}
    return (first, last, said.get("link", url(name)), said.get("email", ""), company, role, day)


def invitations(*sent):
    """Each ("to" or "from", name, moment, note)."""
    rows = []
    for way, name, moment, note in sent:
        sides = [ME, (name, url(name))] if way == "to" else [(name, url(name)), ME]
        direction = "OUTGOING" if way == "to" else "INCOMING"
        rows.append((sides[0][0], sides[1][0], moment, note, direction, sides[0][1], sides[1][1]))
    return table(INVITATION, *rows)


def messages(*said):
    """Each ("to" or "from", name, moment in UTC, text); to several: their names, with a comma between."""
    rows = []
    for way, name, moment, text in said:
        other = (name, ",".join(url(each) for each in name.split(",")))
        sides = [ME, other] if way == "to" else [other, ME]
        rows.append((f"c-{name}", "", *sides[0], *sides[1], f"{moment} UTC", "", text, "INBOX"))
    return table(MESSAGE, *rows)


def export(**files):
    """A ZIP: Connections=…, messages=…, by the names of its files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name.replace('_', ' ')}.csv", content)
    return packed.getvalue()


def bring(owner, content, name="Connections.csv", *, now=NOW, choose=None, facts=None):
    """Upload, decide and apply; the batch as it stands then. `choose` maps titles of rows to choices."""
    batch = staging.begin(owner, name, content, today=owner.today(now), facts=facts)
    for title, choice in (choose or {}).items():
        batch.rows.filter(title=title).update(choice=choice, is_chosen=True)
    return applying.apply(batch, now=now, today=owner.today(now))


def fates(batch):
    """What came of the rows: created, merged, skipped, rejected; together they are all rows."""
    counts = batch.counts
    found = tuple(counts[name] for name in ("created", "merged", "skipped", "rejected"))
    assert sum(found) == counts["rows"] == batch.rows.count()
    return found
