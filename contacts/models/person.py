"""The people themselves, and what identifies them."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from companies.models import NAME, Company
from contacts import matching, profiles
from contacts.models.erasure import Erasure
from netjob import figures, merging, zones
from netjob.addresses import address
from netjob.folding import LONGEST_HAYSTACK, folded, haystack
from netjob.models import Activity, User
from netjob.ownership import NOTES, HaystackField, OwnedModel, OwnedQuerySet, Refused, text_limits

MOST_WORDS = 12
"""Words of a search that are looked for: each is one more look at every row."""

ERASED = _("Whoever has that address was erased for good, so they are not kept again.")
type Key = tuple[str, str]
"""Kind and value of a `PersonKey`."""


_to_be_counted: ContextVar[tuple[set[int], set[int]] | None] = ContextVar("to_be_counted", default=None)


@contextmanager
def counted_at_the_end() -> Iterator[None]:
    """Hundreds of verbs in a row: whom they touch is counted once, after the last of them.

    Until then the stored figures are the old ones; all of it is one transaction.
    """
    people: set[int] = set()
    companies: set[int] = set()
    with transaction.atomic():
        token = _to_be_counted.set((people, companies))
        try:
            yield
        finally:
            _to_be_counted.reset(token)
        Person.objects.filter(pk__in=people).advance(left=companies)


def who_matches(text: str, *, person: str = "") -> Q:
    """Every word stands somewhere in name, role or company, whatever its case and accents.

    `person` is where they stand among the rows that are filtered: "person__".
    """
    condition = Q()
    for word in folded(text).split()[:MOST_WORDS]:
        condition &= Q(**{f"{person}search_text__contains": word}) | Q(
            **{f"{person}company__search_text__contains": word}
        )
    return condition


def connected(person: str = "") -> Q:
    """`Person.is_connected` of rows; `person` is where they stand among those that are filtered: "person__"."""
    return Q(**{f"{person}connected_on__isnull": False}) | Q(**{f"{person}degree": 1})


class PersonQuerySet(OwnedQuerySet):
    def matching(self, text: str) -> Self:
        return self.filter(who_matches(text))

    def may_be_contacted(self) -> Self:
        return self.filter(do_not_contact_on__isnull=True)

    def best_next_first(self) -> Self:
        """Whom to turn to: the connected that I have not talked to, the found, the asked, the others.

        Among those who stand alike, the one for whom most speaks (`review_score`, `why_first`).
        """
        order = [Person.Stage.CONNECTED, Person.Stage.FOUND, Person.Stage.ASKED, Person.Stage.SCHEDULING]
        turn = Case(
            When(do_not_contact_on__isnull=False, then=Value(9)),
            *(When(stage=stage, then=Value(place)) for place, stage in enumerate(order)),
            default=F("stage"),
            output_field=models.PositiveSmallIntegerField(),
        )
        return self.order_by(turn, "-review_score", "pk")

    def known_by(self, keys: Iterable[Key]) -> dict[Key, "Person"]:
        """The people who carry these keys (kind, value)."""
        wanted = set(keys)
        kinds, values = {kind for kind, _value in wanted}, {value for _kind, value in wanted}
        # That a key is of its person's owner says nothing new, but lets the index of keys be used.
        rows: Any = self.filter(keys__owner=F("owner"), keys__kind__in=kinds, keys__value__in=values)
        rows = rows.select_related("company").annotate(
            kind_known=F("keys__kind"), value_known=F("keys__value")
        )
        found = {(row.kind_known, row.value_known): row for row in rows}
        return {key: row for key, row in found.items() if key in wanted}

    def advance(self, *, left: Iterable[int] = ()) -> int:
        """Write the figures of these people, then of their companies and of those that they `left` (ids).

        Returns the number of people changed; none yet within `counted_at_the_end()`.
        """
        if gathered := _to_be_counted.get():
            gathered[0].update(self.values_list("pk", flat=True))
            gathered[1].update(left)
            return 0
        changed = self.write_figures()
        companies = self.order_by().exclude(company=None).values("company")
        Company.objects.filter(Q(pk__in=companies) | Q(pk__in=left)).recount()
        return changed

    @transaction.atomic(savepoint=False)
    def write_figures(self) -> int:
        """Write `FIGURES` from what was asked, answered and talked: their only writer.

        Returns the number of people changed.
        """
        return figures.put_right(self, updated_at=timezone.now())

    def reckoned(self) -> Self:
        """Each stored figure as it should be, as `true_<figure>`."""
        requests, talks, messages = theirs("requests"), theirs("conversations"), theirs("messages")
        asked = requests.exclude(state="draft")
        wrote = Exists(asked) | Exists(messages.filter(direction="out").exclude(sent_on=None))
        typed = messages.filter(direction="out", external_key="").exclude(kind="note").exclude(sent_on=None)
        finding_a_time = Exists(talks.filter(state__in=["asked", "proposed", "scheduled"]))
        talked = Exists(talks.filter(state="held"))
        agreed = Exists(talks.filter(state="scheduled"))
        took_it = (
            Q(accepted_on__isnull=False) | Q(state="answered") | Q(sent_on__lte=OuterRef("connected_on"))
        )
        wrote_back = messages.filter(direction="in").exclude(reply_kind__in=["negative", "out_of_office"])
        referred = Exists(theirs("referrals").filter(state="given"))
        approached = wrote | Exists(talks)
        was_asked = approached | referred
        answered = Exists(asked.filter(took_it)) | Exists(wrote_back) | agreed | talked | referred
        latest = [
            models.Subquery(messages.exclude(sent_on=None).order_by("-sent_on").values("sent_on")[:1]),
            models.Subquery(talks.exclude(held_on=None).order_by("-held_on").values("held_on")[:1]),
            models.Subquery(asked.order_by("-sent_on").values("sent_on")[:1]),
        ]
        return self.annotate(
            true_stage=Case(
                When(referred, then=Value(Person.Stage.REFERRED)),
                When(talked, then=Value(Person.Stage.TALKED)),
                When(finding_a_time, then=Value(Person.Stage.SCHEDULING)),
                When(connected(), then=Value(Person.Stage.CONNECTED)),
                When(Exists(requests.filter(state="answered")), then=Value(Person.Stage.CONNECTED)),
                When(approached, then=Value(Person.Stage.ASKED)),
                default=Value(Person.Stage.FOUND),
                output_field=models.PositiveSmallIntegerField(),
            ),
            true_in_play=_is_so(
                Q(picked_up=True) | Exists(requests.filter(is_imported=False)) | Exists(talks) | Exists(typed)
            ),
            true_was_asked=_is_so(was_asked),
            true_has_answered=_is_so(was_asked & answered),
            true_last_contact_on=latest_of(*latest),
            true_review_score=Coalesce(models.Subquery(theirs("review").values("score")[:1]), 0)
            + Case(When(Exists(theirs("ties")), then=Value(2)), default=Value(0))
            + Case(When(in_common="", then=Value(0)), default=Value(2)),
        )

    def with_profile(self) -> Self:
        """The address of their profile in the same query, for rows of a list: `linkedin_url` knows of it."""
        keys = PersonKey.objects.filter(person=OuterRef("pk"), kind__in=PersonKey.PROFILES).order_by(
            "kind", "pk"
        )
        return self.annotate(
            profile_kind=models.Subquery(keys.values("kind")[:1]),
            profile_value=models.Subquery(keys.values("value")[:1]),
        )

    def with_reasons(self) -> Self:
        """With what `why_first` says, in the same query."""
        tie = models.Subquery(theirs("ties").order_by("pk").values("kind")[:1])
        return self.select_related("review").annotate(tied_by=tie)

    def with_since(self) -> Self:
        """The day on which each came to the stage where they stand, as `since`; `Person.standing` says it."""

        def latest(name: str, day: str) -> models.Subquery:
            rows = theirs(name).exclude(**{day: None}).order_by(f"-{day}")
            return models.Subquery(rows.values(day)[:1])

        days = {
            Person.Stage.ASKED: Coalesce(
                latest("requests", "sent_on"),
                latest("messages", "sent_on"),
                latest("conversations", "asked_on"),
            ),
            Person.Stage.CONNECTED: Coalesce("connected_on", latest("requests", "answered_on")),
            Person.Stage.SCHEDULING: latest("conversations", "asked_on"),
            Person.Stage.TALKED: latest("conversations", "held_on"),
            Person.Stage.REFERRED: latest("referrals", "given_on"),
        }
        return self.annotate(
            since=Coalesce(
                Case(*(When(stage=stage, then=day) for stage, day in days.items())),
                TruncDate("created_at"),
                output_field=models.DateField(),
            )
        )


def theirs(name: str) -> Any:
    """The rows of a person in a query over people, by the name under which outreach hangs them on it."""
    model: Any = Person._meta.get_field(name).related_model
    return model.objects.filter(person=OuterRef("pk")).order_by()


def _is_so(condition: Any) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=models.BooleanField())


def latest_of(*days: Any) -> Any:
    """The latest of several dates that may be missing (SQLite's MAX of a NULL is NULL)."""
    long_ago = Value(dt.date(1, 1, 1), output_field=models.DateField())
    found = Greatest(
        *(models.functions.Coalesce(day, long_ago) for day in days), output_field=models.DateField()
    )
    return models.functions.NullIf(found, long_ago, output_field=models.DateField())


class Person(OwnedModel):
    """Somebody at a company: who they are, how I found them, how far we got."""

    class Kind(models.TextChoices):
        PEER = "peer", _("Peer in the role")
        MANAGER = "manager", _("Manager")
        RECRUITER = "recruiter", _("Recruiter")
        ALUM = "alum", _("From my school")
        OTHER = "other", _("Somebody else")

    class Stage(models.IntegerChoices):
        FOUND = 0, _("Found")
        ASKED = 1, _("Asked")
        CONNECTED = 2, _("Connected")
        SCHEDULING = 3, _("Finding a time")
        TALKED = 4, _("Talked")
        REFERRED = 5, _("Referral")

    class FoundHow(models.TextChoices):
        SEARCH = "search", _("People search")
        INTRODUCTION = "introduction", _("Introduction")
        EVENT = "event", _("Event")
        COMMUNITY = "community", _("Community")
        KNOWN = "known", _("I knew them")
        OTHER = "other", _("Another way")

    class Prefers(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        VIDEO = "video", _("Video")
        PHONE = "phone", _("Phone")
        WRITING = "writing", _("In writing")

    DERIVED = ("search_text", "haystack")
    DERIVED_FROM = ("name", "role", "company", "company_id", "place", "notes")
    DERIVED_THROUGH = ("company",)
    FIGURES = ("stage", "in_play", "was_asked", "has_answered", "last_contact_on", "review_score")
    STANDING = {
        Stage.FOUND: _("found on %(day)s"),
        Stage.ASKED: _("asked on %(day)s"),
        Stage.CONNECTED: _("connected on %(day)s"),
        Stage.SCHEDULING: _("finding a time since %(day)s"),
        Stage.TALKED: _("talked on %(day)s"),
        Stage.REFERRED: _("referred you on %(day)s"),
    }
    DEGREES = {1: _("1st degree"), 2: _("2nd degree"), 3: _("3rd degree or more")}

    name = models.CharField(_("name"), max_length=NAME)
    search_text = models.TextField(max_length=6 * NAME, editable=False)
    haystack = HaystackField()
    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="people", verbose_name=_("company")
    )
    role = models.CharField(_("role"), max_length=NAME, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PEER)
    place = models.CharField(_("place"), max_length=100, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    time_zone_guessed = models.BooleanField(default=False, editable=False)
    prefers = models.CharField(_("prefers to talk"), max_length=10, choices=Prefers, blank=True)
    found_how = models.CharField(_("how found"), max_length=20, choices=FoundHow, default=FoundHow.SEARCH)
    in_common = models.CharField(_("what we have in common"), max_length=NAME, blank=True)
    degree = models.PositiveSmallIntegerField(
        _("degree"), null=True, blank=True, choices=[(1, _("1st")), (2, _("2nd")), (3, _("3rd or more"))]
    )
    connected_on = models.DateField(_("connected on"), null=True, blank=True)
    invited_me_on = models.DateField(_("invited me on"), null=True, blank=True)
    do_not_contact_on = models.DateField(_("do not contact since"), null=True, blank=True, editable=False)
    notes = models.TextField(_("notes"), max_length=NOTES, blank=True)

    picked_up = models.BooleanField(default=True, editable=False)
    """Found or picked by me, as against the thousands that an import brings."""
    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.FOUND, editable=False)
    in_play = models.BooleanField(default=True, editable=False)
    """Whether Today reads them: picked up, talked to, or written to by a request or message that is mine here."""
    was_asked = models.BooleanField(default=False, editable=False)
    """Whom I turned to myself: the one meaning of "asked", for people, companies and every figure of them.

    A request to them is no longer a draft, whatever became of it (a withdrawn one counts), or a message of mine
    went out, or there is a talk with them, even one that fell through, or they referred me. Whoever is only
    connected, as an import brings them by the thousand, is somebody I know.
    """
    has_answered = models.BooleanField(default=False, editable=False)
    """Was asked, and took it up: accepted, wrote back (other than "rather not"), agreed to a time, referred me."""
    last_contact_on = models.DateField(null=True, editable=False)
    review_score = models.PositiveSmallIntegerField(default=0, editable=False)
    """How much speaks for writing to them first: their reviewed profile, what ties us, what we have in common."""

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta(OwnedModel.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits(
                "person_text", name=NAME, search_text=6 * NAME, role=NAME, place=100, time_zone=64,
                in_common=NAME, notes=NOTES,
            ),
            text_limits("person_haystack", haystack=LONGEST_HAYSTACK),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "search_text", "id", name="person_search_text"),
            models.Index("owner", F("stage").desc(), "search_text", "id", name="person_by_stage"),
            models.Index("owner", "kind", "search_text", "id", name="person_by_kind"),
            models.Index(
                "owner",
                "stage",
                "company",
                F("review_score").desc(),
                "id",
                name="person_next",
                condition=Q(in_play=True),
            ),
            models.Index("owner", F("review_score").desc(), "search_text", "id", name="person_by_review"),
            models.Index("owner", F("updated_at").desc(), F("id").desc(), name="person_recent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("contacts:person_detail", self.pk)

    def save(self, **kwargs: Any) -> None:
        """Save; but the figures of a standing row are written by `advance()` alone: these may be old."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            loaded = {column.attname for column in self._meta.concrete_fields} - self.get_deferred_fields()
            kwargs["update_fields"] = {
                column.name
                for column in self._meta.concrete_fields
                if column.attname in loaded and not column.primary_key and column.name not in self.FIGURES
            }
        super().save(**kwargs)

    def derive(self) -> None:
        self.search_text = folded(f"{self.name} {self.role}")[: 6 * NAME]
        where = self.company.name if self.company else ""
        self.haystack = haystack(self.name, self.role, where, self.place, self.notes)

    def clean(self) -> None:
        super().clean()
        if self.time_zone and not zones.exists(self.time_zone):
            raise ValidationError({"time_zone": _("There is no such time zone. Choose one from the list.")})

    @classmethod
    def settle(cls, rows: Iterable["Person"]) -> None:
        rows = list(rows)
        companies = {row.company_id for row in rows if row.company_id}
        cls.objects.filter(pk__in=[row.pk for row in rows]).advance(left=companies)

    @classmethod
    def add(
        cls, owner: User, name: str, *, on: dt.date, profile: str = "", email: str = "", **facts: Any
    ) -> "Person":
        """Add somebody found. Raises Refused where their profile or e-mail belongs to somebody known."""
        person = cls(owner=owner, name=name, **facts)
        keys = [*person.profile_keys(profile), *person.email_keys(email)]
        person.save()
        PersonKey.objects.bulk_create(PersonKey(owner=owner, person=person, kind=k, value=v) for k, v in keys)
        cls.settle([person])
        person.line_of_finding(on=on).save()
        ties: Any = cls._meta.get_field("ties").related_model
        ties.note(owner.pk, [person])
        return person

    def line_of_finding(self, *, on: dt.date) -> Activity:
        return self.line("found", str(_("Found")), str(self.get_found_how_display()), on=on)

    def standing(self, today: dt.date) -> str:
        """How far I got with them and when: "asked on 3 November". Needs `with_since()`."""
        since: dt.date = self.since  # type: ignore[attr-defined]
        sentence = self.STANDING[self.Stage(self.stage)]
        if self.stage == self.Stage.CONNECTED and self.is_connected and not self.connected_on:
            sentence = _("connected")
        if self.do_not_contact_on:
            since, sentence = self.do_not_contact_on, _("marked “do not contact” on %(day)s")
        return sentence % {"day": date_format(since, "j F" if since.year == today.year else "j F Y")}

    def why_first(self) -> list[str]:
        """What speaks for writing to them, in a few words each. Needs `with_reasons()`."""
        review: Any = getattr(self, "review", None)
        kinds: Any = Person._meta.get_field("ties").related_model
        tied_by: str = self.tied_by  # type: ignore[attr-defined]
        said = review.reasons() if review else []
        said += [str(kinds.Kind(tied_by).label).lower()] if tied_by else []
        return said + ([str(_("something in common"))] if self.in_common else [])

    @property
    def is_connected(self) -> bool:
        """Whether they are a connection. Since when is `connected_on`; an export may not tell that day, and then
        the first degree alone says it.
        """
        return self.connected_on is not None or self.degree == 1

    @property
    def closeness(self) -> str:
        """Their degree in words; whoever is connected is 1st, whatever was noted when they were found."""
        return str(self.DEGREES.get(1 if self.is_connected else self.degree or 0, ""))

    # Profiles and addresses

    @property
    def linkedin_urls(self) -> list[str]:
        """The addresses of their profile, the readable one first. Reads `keys`, which a page prefetches."""
        found = [key for key in self.keys.all() if key.kind in PersonKey.PROFILES]
        found.sort(key=lambda key: PersonKey.PROFILES.index(key.kind))
        return [profiles.ProfileLink(key.kind, key.value).url for key in found]

    @property
    def linkedin_url(self) -> str:
        if hasattr(self, "profile_value"):
            kind, value = self.profile_kind, self.profile_value  # type: ignore[attr-defined]
            return profiles.ProfileLink(kind, value).url if value else ""
        return next(iter(self.linkedin_urls), "")

    @property
    def emails(self) -> list[str]:
        return [key.value for key in self.keys.all() if key.kind == PersonKey.Kind.EMAIL]

    @property
    def email(self) -> str:
        return next(iter(self.emails), "")

    def profile_keys(self, text: str) -> list[Key]:
        """The keys of the profile links in `text` (one, or several with spaces between).

        Raises Refused where one cannot be read or is somebody else's.
        """
        keys: list[Key] = []
        for word in re.split(r"[\s,;]+", text.strip()) if text.strip() else []:
            link = profiles.read_profile_link(word)
            if link is None:
                raise Refused(
                    _("“%(link)s” is no link to a person’s profile on LinkedIn, such as %(such)s.")
                    % {"link": word[:80], "such": "linkedin.com/in/ada-lovelace"}
                )
            keys.append((link.kind, link.key))
        return self._unless_taken(keys)

    def email_keys(self, text: str) -> list[Key]:
        """The keys of the e-mail addresses in `text`. Raises Refused as `profile_keys` does."""
        keys: list[Key] = []
        for word in re.split(r"[\s,;]+", text.strip()) if text.strip() else []:
            email = profiles.canonical_email(word)
            if not email:
                raise Refused(
                    _("“%(word)s” is no e-mail address, such as ada@example.org.") % {"word": word[:80]}
                )
            keys.append((PersonKey.Kind.EMAIL, email))
        return self._unless_taken(keys)

    def set_profile(self, text: str) -> None:
        """Make the profiles that `text` links to theirs, and no others. Raises Refused."""
        self._set_keys(PersonKey.PROFILES, self.profile_keys(text))

    def set_email(self, text: str) -> None:
        """Make the e-mail addresses in `text` theirs, and no others. Raises Refused."""
        self._set_keys([PersonKey.Kind.EMAIL], self.email_keys(text))

    def learn_in_passing(self, *texts: str, held: Iterable[str] = ()) -> list[str]:
        """What links in their texts say of the company they work at; returns what is to be said of it."""
        return self.company.learn_in_passing(*texts, held=held) if self.company else []

    def _unless_taken(self, keys: Iterable[Key]) -> list[Key]:
        wanted = list(dict.fromkeys(keys))
        others = Person.objects.filter(owner=self.owner_id).exclude(pk=self.pk)
        if taken := others.known_by(wanted):
            other = next(iter(taken.values()))
            raise Refused(_("%(name)s has that address already.") % {"name": _with_company(other)})
        if Erasure.among(self.owner_id, wanted):
            raise Refused(ERASED)
        return wanted

    def _set_keys(self, kinds: Iterable[str], keys: Iterable[Key]) -> None:
        wanted = dict.fromkeys(keys)
        for row in PersonKey.objects.filter(person=self, kind__in=kinds):
            if (row.kind, row.value) not in wanted:
                row.delete()
            wanted.pop((row.kind, row.value), None)
        PersonKey.objects.bulk_create(
            PersonKey(owner_id=self.owner_id, person=self, kind=kind, value=value) for kind, value in wanted
        )

    # Two entries of one person

    def likely_same(self) -> list["Person"]:
        """Other entries that may be this person, by name: a few, those at the same company first."""
        words = matching.words(self.name)
        longest = max(words, key=len, default="")
        others = Person.objects.filter(owner=self.owner_id, search_text__contains=longest).exclude(pk=self.pk)
        rows = (
            others.with_since().select_related("company").order_by("search_text", "pk")[:200]
            if longest
            else ()
        )
        alike = [row for row in rows if matching.may_be_same(self.name, row.name)]
        return sorted(alike, key=lambda row: row.company_id != self.company_id)[:5]

    MERGED = ("name", "role", "company", "kind", "place", "prefers", "found_how", "in_common", "notes")
    """What two entries may differ in, so that one has to be chosen."""
    EARLIEST = ("connected_on", "invited_me_on", "do_not_contact_on")
    """Days of which the earlier stays: whoever is not to be written to in either entry is not written to."""

    def merge(self, other: "Person", *, on: dt.date, chosen: Mapping[str, Any]) -> uuid.UUID:
        """Make `other` a part of this one: what was asked, said and talked, the addresses and the history, too.

        `chosen` are values for fields of `MERGED`; those left out stay. Returns the act. Raises Refused for the
        same person, and where both have something open that can be open only once.
        """
        if other.pk == self.pk or other.owner_id != self.owner_id:
            raise Refused(_("Choose another person to merge them with."))
        days = {
            name: [day for day in (getattr(self, name), getattr(other, name)) if day]
            for name in self.EARLIEST
        }
        zoned = self if (self.time_zone and not self.time_zone_guessed) or not other.time_zone else other
        facts = dict(chosen) | {name: min(found, default=None) for name, found in days.items()}
        facts |= {"time_zone": zoned.time_zone, "time_zone_guessed": zoned.time_zone_guessed}
        facts["degree"] = min(filter(None, (self.degree, other.degree)), default=None)
        facts["picked_up"] = self.picked_up or other.picked_up
        names = {"other": other.name, "name": self.name}
        return merging.merge(
            self,
            other,
            sentence=str(_("Merged %(other)s into %(name)s") % names),
            facts=facts,
            line=self.line("merged", str(_("Merged with another entry: %(other)s") % names), on=on),
            history="person_uid",
        )

    # What becomes of them

    def choose_time_zone(self, zone: str) -> None:
        """Their zone; without one it is guessed from the place, and kept as a guess. Without saving."""
        guess = None if zone else zones.guess_zone(self.place)
        self.time_zone = zone or (guess.zone if guess else "")
        self.time_zone_guessed = guess is not None

    def move_to(self, company: Company | None, *, on: dt.date) -> None:
        """They work at another company now; what was asked and said goes with them."""
        before, self.company = self.company, company
        self.save()
        self.moved_from(before, on=on)

    def moved_to(self, company: Company | None, *, on: dt.date) -> list[OwnedModel]:
        """Move in memory; the lines of history that say so, and the job that they had. Nothing is saved yet."""
        before, self.company = self.company, company
        return [*self.lines_of_move(before, on=on), *self.jobs_left(before, on=on)]

    def moved_from(self, before: Company | None, *, on: dt.date, role: str | None = None) -> None:
        """Note a move that is saved already, with the person and with the company that they left."""
        Activity.objects.bulk_create(self.lines_of_move(before, on=on))
        for job in self.jobs_left(before, on=on, role=role):
            job.save()
        Person.objects.filter(pk=self.pk).advance(left=[before.pk] if before else [])

    def jobs_left(self, before: Company | None, *, on: dt.date, role: str | None = None) -> list[Any]:
        """What a move leaves behind, as a `Position` that is not saved yet; `role` is what they did there."""
        if before is None or before == self.company:
            return []
        position: Any = Person._meta.get_field("positions").related_model
        return [position.left(self, before, title=self.role if role is None else role, on=on)]

    def lines_of_move(self, before: Company | None, *, on: dt.date) -> list[Activity]:
        """What their history, and that of the company they left, say of the move; not saved yet."""
        if before == self.company:
            return []
        names = {"name": self.name, "company": self.company}
        title = _("Moved to %(company)s") if self.company else _("No longer there")
        came_from = _("From %(company)s") % {"company": before} if before else ""
        lines = [self.line("moved", str(title % names), came_from, on=on)]
        if before:
            left = _("%(name)s moved to %(company)s") if self.company else _("%(name)s is no longer here")
            lines.append(self.line("moved", str(left % names), on=on))
            lines[-1].company_uid, lines[-1].person_uid = before.uid, None
        return lines

    def connect(self, *, on: dt.date) -> None:
        self.connected_on = on
        self.save()

    def disconnect(self) -> None:
        self.connected_on = None
        self.degree = None if self.degree == 1 else self.degree
        self.save()

    def refuse_contact(self, *, on: dt.date) -> None:
        """Never propose them again, whatever an import or a search brings."""
        line = self.banned(on=on)
        self.save()
        line.save()

    def allow_contact(self, *, on: dt.date) -> None:
        line = self.allowed(on=on)
        self.save()
        line.save()

    def banned(self, *, on: dt.date) -> Activity:
        """Mark them, and the line of history that says so; neither is saved yet. Raises Refused."""
        if self.do_not_contact_on:
            raise Refused(_("%(name)s is marked “do not contact” already.") % {"name": self.name})
        self.do_not_contact_on = on
        return self.line("do_not_contact", str(_("Marked: do not contact")), on=on)

    def allowed(self, *, on: dt.date) -> Activity:
        """Take the mark off, and the line of history that says so; neither is saved yet. Raises Refused."""
        if not self.do_not_contact_on:
            raise Refused(_("%(name)s may be contacted already.") % {"name": self.name})
        if on < self.do_not_contact_on:
            raise Refused(
                _("That was before you marked them, on %(day)s. Choose that day or a later one.")
                % {"day": date_format(self.do_not_contact_on, "j F Y")}
            )
        self.do_not_contact_on = None
        return self.line("contact_again", str(_("May be contacted again")), on=on)

    def line(self, verb: str, title: str, text: str = "", *, on: dt.date) -> Activity:
        """A line of their history and their company's, not saved yet."""
        return Activity(
            owner_id=self.owner_id,
            verb=verb,
            title=title[:300],
            text=text,
            happened_on=on,
            company_uid=self.company.uid if self.company else None,
            person_uid=self.uid,
        )


def _with_company(person: Person) -> str:
    if person.company is None:
        return person.name
    return _("%(name)s (%(company)s)") % {"name": person.name, "company": person.company.name}


class PersonKey(OwnedModel):
    """What identifies a person in any file or link: a profile's slug, an opaque profile id, an e-mail."""

    class Kind(models.TextChoices):
        LINKEDIN = "linkedin", _("LinkedIn profile")
        OPAQUE = "opaque", _("LinkedIn profile id")
        EMAIL = "email", _("E-mail")

    PROFILES = (Kind.LINKEDIN, Kind.OPAQUE)

    person = models.ForeignKey(Person, models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=320)
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = _("address of a person")
        verbose_name_plural = _("addresses of people")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("personkey_text", value=320),
            models.UniqueConstraint("owner", "kind", "value", name="personkey_value"),
        ]

    def __str__(self) -> str:
        return self.value
