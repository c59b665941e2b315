"""Requests that went on: whose person is a connection by now, and who wrote back."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from contacts.importing.writing import new_people
from contacts.models import Person, connected
from netjob.imports.readers import Work
from netjob.models import Activity, User
from outreach.models import Message, Request


def new_requests(work: Work) -> set[int]:
    """Those that this import made: an undo takes them away as they were made, so that nothing saves them again."""
    found: set[int] = work.shared.setdefault("new_requests", set())
    return found


def pending(owner: User) -> Any:
    """Invitations that went out and wait."""
    return Request.objects.owned_by(owner).filter(
        state=Request.State.SENT, channel=Request.Channel.INVITATION
    )


def accept(work: Work) -> list[Request]:
    """Invitations whose person is a connection by now are accepted: on the day of connecting, or today where an
    export does not tell it.
    """
    rows = pending(work.owner).filter(connected("person__"))
    accepted = list(rows.select_related("person__company").order_by("pk"))
    work.kept.watch(accepted)
    lines = [
        request.moved(
            "acceptance", on=max(filter(None, (request.sent_on, request.person.connected_on or work.today)))
        )
        for request in accepted
    ]
    _save(work, accepted, ["state", "accepted_on"])
    work.kept.add_many(lines)
    return accepted


def answer(work: Work, replies: Mapping[int, Collection[tuple[dt.datetime, dt.date]]]) -> dict[int, Request]:
    """Requests that a reply (by person: moment and day) answers; an invitation was accepted with it.

    Returns them by person.
    """
    rows = Request.objects.owned_by(work.owner).awaiting_answer().filter(person__in=list(replies))
    found: dict[int, tuple[Request, dt.date]] = {}
    for request in rows.select_related("person__company"):
        later = [on for at, on in replies[request.person_id] if request.sent_at and at >= request.sent_at]
        if later:
            found[request.person_id] = (request, min(later))
    requests = [request for request, _on in found.values()]
    work.kept.watch(requests)
    lines: list[Activity] = []
    connected: list[tuple[Person, dt.date]] = []
    for request, on in found.values():
        on = max(filter(None, (on, request.sent_on, request.accepted_on)))
        if request.is_invitation and request.state == Request.State.SENT:
            lines.append(request.moved("acceptance", on=on))
            if not request.person.is_connected:
                request.made_connection = True
                connected.append((request.person, on))
        lines.append(request.moved("answer", on=on))
    _save(work, requests, ["state", "accepted_on", "answered_on", "made_connection"])
    connect(work, connected)
    work.kept.add_many([line for line in lines if not _is_of_new(work, line, requests)])
    return {person: request for person, (request, _on) in found.items()}


def _is_of_new(work: Work, line: Activity, requests: Iterable[Request]) -> bool:
    """Whether a line is about a request that this very import brought: that is no news."""
    new = {request.person.uid for request in requests if request.pk in new_requests(work)}
    return line.person_uid in new


def connect(work: Work, people: Collection[tuple[Person, dt.date]]) -> None:
    """They are connections since that day, as what they did tells."""
    standing = [pair for pair in people if pair[0].pk not in new_people(work)]
    work.kept.watch([person for person, _on in standing])
    for person, on in people:
        person.connected_on = on
    work.kept.save([person for person, _on in standing])
    by_day: dict[dt.date, list[int]] = {}
    for person, on in people:
        if person.pk in new_people(work):
            by_day.setdefault(on, []).append(person.pk)
    for on, pks in by_day.items():
        Person.objects.filter(pk__in=pks).update(connected_on=on)


def _save(work: Work, requests: Collection[Request], columns: list[str]) -> None:
    work.kept.save([request for request in requests if request.pk not in new_requests(work)])
    if new := [request for request in requests if request.pk in new_requests(work)]:
        Request.objects.bulk_update(new, columns, batch_size=100)


def received(request: Request, *, on: dt.date, at: dt.datetime) -> Message:
    """That they answered, where nobody knows with which words; not saved yet."""
    facts: dict[str, Any] = {
        "kind": Message.Kind.REPLY,
        "direction": Message.Direction.IN,
        "channel": request.channel,
    }
    return Message(
        owner_id=request.owner_id,
        person_id=request.person_id,
        request=request,
        sent_on=on,
        sent_at=at,
        **facts,
    )
