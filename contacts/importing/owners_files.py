"""The files of LinkedIn's data export that are about its owner: what ties them to people they know."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from companies.names import exact_key
from contacts.importing.connections import FileOfExport
from contacts.linkedin_export import education, positions, profile
from contacts.linkedin_export.education import OwnEducation
from contacts.linkedin_export.positions import OwnPosition
from contacts.linkedin_export.profile import OwnProfile
from contacts.models import Person, Tie
from netjob.imports.readers import Row, Work

PROFILE = "linkedin_profile"


class OwnersFile(FileOfExport):
    is_about_owner = True
    makes = ngettext_lazy("%(count)d line", "%(count)d lines", "count")


class ProfileReader(OwnersFile):
    kind = PROFILE
    alone = gettext_lazy(
        "Profile.csv says who you are, and does nothing by itself: it tells which side of messages.csv is yours. "
        "Bring both, in the ZIP of the export."
    )
    label = gettext_lazy("LinkedIn: Profile.csv")
    order = 250
    module: ClassVar[Any] = profile
    vocabulary = profile.VOCABULARY

    def row_of(self, _table: Any, own: OwnProfile) -> Row:
        return Row(own.file, own.number, own.name, {"name": own.name})


class PositionReader(OwnersFile):
    kind = "linkedin_positions"
    does = gettext_lazy("Whoever of your people works, or worked, where you did is marked as a colleague.")
    label = gettext_lazy("LinkedIn: Positions.csv")
    order = 260
    module: ClassVar[Any] = positions
    vocabulary = positions.VOCABULARY

    def row_of(self, _table: Any, own: OwnPosition) -> Row:
        return Row(own.file, own.number, own.company, {"employer": own.company})

    def follow(self, work: Work) -> None:
        """Whoever works, or worked, where I did is a colleague of mine."""
        employers = {row["employer"] for row in work.about.get(self.kind, ())}
        ties = _tie(work, Tie.Kind.COLLEAGUE, employers)
        if ties:
            work.said.append(
                ngettext("%(count)d worked where you did.", "%(count)d worked where you did.", ties)
                % {"count": ties}
            )


class EducationReader(OwnersFile):
    kind = "linkedin_education"
    does = gettext_lazy("Whoever of your people is, or was, at your school is marked.")
    label = gettext_lazy("LinkedIn: Education.csv")
    order = 270
    module: ClassVar[Any] = education
    vocabulary = education.VOCABULARY

    def row_of(self, _table: Any, own: OwnEducation) -> Row:
        return Row(own.file, own.number, own.school, {"school": own.school})

    def follow(self, work: Work) -> None:
        """Whoever works at my school knows it, at the least."""
        schools = {row["school"] for row in work.about.get(self.kind, ())}
        ties = _tie(work, Tie.Kind.ALUMNI, schools)
        if ties:
            work.said.append(
                ngettext("%(count)d is at your school.", "%(count)d are at your school.", ties)
                % {"count": ties}
            )


def _tie(work: Work, kind: str, places: Iterable[str]) -> int:
    """Tie the owner to everybody who is, or was, at one of these places; how many ties are new."""
    names = {exact_key(place): place for place in places}
    if not names:
        return 0
    found: dict[tuple[int, str], None] = {}
    now, then = "company__names__exact_key", "positions__company__names__exact_key"
    for path in (now, then):
        people = Person.objects.owned_by(work.owner).filter(**{f"{path}__in": names}).order_by("pk")
        found |= {(pk, names[key]): None for pk, key in people.values_list("pk", path)}
    standing = Tie.objects.owned_by(work.owner).filter(kind=kind).values_list("person", "text")
    new = [pair for pair in found if pair not in set(standing)]
    ties = [Tie(owner=work.owner, person_id=person, kind=kind, text=place) for person, place in new]
    work.kept.add_many(ties)
    return len(ties)
