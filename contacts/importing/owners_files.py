"""The files of LinkedIn's data export that are about its owner: what ties them to people they know."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from contacts.importing.connections import FileOfExport
from contacts.importing.writing import new_people
from contacts.linkedin_export import education, positions, profile
from contacts.linkedin_export.education import OwnEducation
from contacts.linkedin_export.positions import OwnPosition
from contacts.linkedin_export.profile import OwnProfile
from contacts.models import Tie
from netjob.imports.models import ImportBatch
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
        ties = _tie(work, Tie.Kind.COLLEAGUE)
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
        ties = _tie(work, Tie.Kind.ALUMNI)
        if ties:
            work.said.append(
                ngettext("%(count)d is at your school.", "%(count)d are at your school.", ties)
                % {"count": ties}
            )


def _tie(work: Work, kind: str) -> int:
    """Tie the owner to everybody where the file says that they were; how many ties are new.

    Without that file, by what an earlier import said, and only to whom this one brought: a tie that was taken off
    stays off.
    """
    told, new = Tie.own_places(work.about), new_people(work)
    if kind in told:
        ties = Tie.that_show(work.owner.pk, kind, told[kind])
    elif new and kind in (earlier := _earlier_places(work)):
        ties = Tie.that_show(work.owner.pk, kind, earlier[kind])
        ties = [tie for tie in ties if tie.person_id in new]
    else:
        return 0
    work.kept.add_many(ties)
    return len(ties)


def _earlier_places(work: Work) -> dict[str, dict[str, str]]:
    if "earlier_places" not in work.shared:
        about = ImportBatch.objects.owned_by(work.owner).about_owner()
        work.shared["earlier_places"] = Tie.own_places(about)
    places: dict[str, dict[str, str]] = work.shared["earlier_places"]
    return places
