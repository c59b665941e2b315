"""The companies themselves: where I want to work."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from companies import linkedin_links
from companies.models.company_linkedin import CompanyLinkedIn
from companies.models.company_name import NAME, CompanyName, check_name
from companies.names import Proposer, exact_key
from netjob import figures, merging
from netjob.addresses import address
from netjob.folding import LONGEST_HAYSTACK, folded, haystack
from netjob.links import LONGEST, check_web_link, is_web_link
from netjob.models import Activity, Change, User
from netjob.ownership import NOTES, HaystackField, OwnedQuerySet, Refused, text_limits
from netjob.states import Move, StatefulModel, stamped


class CompanyQuerySet(OwnedQuerySet):
    def update(self, **values: Any) -> int:
        renamed = list(self.values_list("pk", flat=True)) if "name" in values else []
        changed = super().update(**values)
        if renamed:
            Company.tell_its_people(renamed)
        return changed

    def _derived(self) -> Iterator[tuple[Any, bool]]:
        return super(CompanyQuerySet, self.prefetch_related("names"))._derived()

    def on_the_list(self) -> Self:
        """Companies that the job seeker decided on: suggestions and dropped ones are not in "38 of 50"."""
        return self.filter(state__in=[Company.State.TARGET, Company.State.PAUSED])

    def targets(self) -> Self:
        return self.filter(state=Company.State.TARGET)

    def in_lamp_order(self) -> Self:
        return self.order_by(*Company.LAMP_ORDER)

    def with_count_on_the_list(self, owner: User) -> Self:
        """How many are on the owner's list, as `on_the_list_count`: counted once, with whatever is asked for."""
        counted = Company.objects.owned_by(owner).on_the_list().order_by().values("owner")
        return self.annotate(
            on_the_list_count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0)
        )

    def matching(self, text: str) -> Self:
        """Every word stands somewhere in name, alias, industry or place, whatever its case and accents."""
        rows = self
        for word in folded(text).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    def known_as(self, names: Iterable[str]) -> dict[str, "Company"]:
        """The companies that these names are exact names or aliases of, by `exact_key`."""
        keys = {exact_key(name) for name in names}
        # That a name is of its company's owner says nothing new, but lets the index of names be used.
        rows: Any = self.filter(names__exact_key__in=keys, names__owner=F("owner"))
        return {row.known_key: row for row in rows.annotate(known_key=F("names__exact_key"))}

    @transaction.atomic(savepoint=False)
    def recount(self) -> int:
        """Write the figures that lists sort and filter by: their only writer. Returns the rows changed."""
        return figures.put_right(self)

    def reckoned(self) -> Self:
        """Each figure as it should be, as `true_<figure>`: counted from the people found there."""
        # `people` is the name by which contacts hangs its people on a company.
        model: Any = Company._meta.get_field("people").related_model
        people = model.objects.filter(company=OuterRef("pk")).order_by()

        def count(**which: Any) -> Coalesce:
            counted = people.filter(**which).values("company").annotate(n=Count("pk")).values("n")
            return Coalesce(Subquery(counted), 0)

        top = Coalesce(
            Subquery(people.values("company").annotate(top=Max("stage")).values("top")),
            Value(-1),
            output_field=models.SmallIntegerField(),  # a positive field would never equal -1
        )
        return self.annotate(
            true_people_count=count(),
            true_asked_count=count(was_asked=True),
            true_answered_count=count(has_answered=True),
            true_connected_count=count(stage__gte=2),
            true_talked_count=count(stage__gte=4),
            true_referred_count=count(stage__gte=5),
            top_stage=top,
        ).annotate(
            true_stage=Case(
                When(top_stage=-1, then=Value(Company.Stage.SOURCED)),
                When(top_stage=0, then=Value(Company.Stage.PEOPLE)),
                When(top_stage=1, then=Value(Company.Stage.ASKED)),
                When(top_stage__lt=4, then=Value(Company.Stage.CONNECTED)),
                When(top_stage=4, then=Value(Company.Stage.TALKED)),
                default=Value(Company.Stage.REFERRED),
                output_field=models.PositiveSmallIntegerField(),
            ),
            true_advocacy=Case(
                When(top_stage__gte=2, then=Value(True)),
                default=Value(False),
                output_field=models.BooleanField(),
            ),
        )


class Company(StatefulModel):
    """A target company: why it is on the list, how far the search got there, and where it ranks (LAMP)."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", gettext_lazy("Suggested")
        TARGET = "target", gettext_lazy("Target")
        PAUSED = "paused", gettext_lazy("Paused")
        DROPPED = "dropped", gettext_lazy("Dropped")

    class Stage(models.IntegerChoices):
        SOURCED = 0, gettext_lazy("On the list")
        PEOPLE = 1, gettext_lazy("People found")
        ASKED = 2, gettext_lazy("Asked")
        CONNECTED = 3, gettext_lazy("Connected")
        TALKED = 4, gettext_lazy("Talked")
        REFERRED = 5, gettext_lazy("Referral")

    class FoundHow(models.TextChoices):
        JOB_BOARD = "job_board", gettext_lazy("Job board")
        PEOPLE_I_KNOW = "people_i_know", gettext_lazy("People I know")
        COMPETITOR = "competitor", gettext_lazy("Competitor")
        NEAR_ME = "near_me", gettext_lazy("Near me or remote")
        OTHER = "other", gettext_lazy("Another way")

    class Motivation(models.IntegerChoices):
        UNFAMILIAR = 0, gettext_lazy("Unfamiliar")
        LITTLE = 1, gettext_lazy("A little")
        MUCH = 2, gettext_lazy("A lot")
        DREAM = 3, gettext_lazy("Dream company")

    class Posting(models.IntegerChoices):
        NONE = 1, gettext_lazy("No posting")
        SOME = 2, gettext_lazy("Some posting")
        RELEVANT = 3, gettext_lazy("A very relevant posting")

    MOVES = (
        Move("listing", "target", frozenset({"suggested", "paused", "dropped"}), "listed_on",
             gettext_lazy("Put on the list"), gettext_lazy("Put on the list"), "",
             gettext_lazy("It is not on your list yet.")),
        Move("pause", "paused", frozenset({"target"}), "paused_on",
             gettext_lazy("Pause"), gettext_lazy("Paused"), gettext_lazy("Resume")),
        Move("dropping", "dropped", frozenset({"suggested", "target", "paused"}), "dropped_on",
             gettext_lazy("Drop"), gettext_lazy("Dropped"), gettext_lazy("Take back on the list")),
    )  # fmt: skip
    FIGURES = (
        "stage", "advocacy",
        "people_count", "asked_count", "answered_count", "connected_count", "talked_count", "referred_count",
    )  # fmt: skip
    LAMP_ORDER = ("-lamp", "folded_name", "pk")
    DERIVED = ("folded_name", "folded_industry", "folded_place", "search_text", "haystack")
    DERIVED_FROM = ("name", "industry", "place", "notes")

    name = models.CharField(gettext_lazy("name"), max_length=NAME, validators=[check_name])
    folded_name = models.CharField(max_length=2 * NAME, editable=False)
    search_text = models.TextField(max_length=8 * NAME, editable=False)
    haystack = HaystackField()
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State, default=State.TARGET, editable=False
    )
    listed_on = models.DateField(null=True, editable=False)
    paused_on = models.DateField(null=True, editable=False)
    dropped_on = models.DateField(null=True, editable=False)
    dropped_because = models.CharField(gettext_lazy("why it was dropped"), max_length=NAME, blank=True)
    website = models.CharField(
        gettext_lazy("website"), max_length=LONGEST, blank=True, validators=[check_web_link]
    )
    industry = models.CharField(gettext_lazy("industry"), max_length=100, blank=True)
    place = models.CharField(gettext_lazy("place"), max_length=100, blank=True)
    folded_industry = models.CharField(max_length=200, default="", editable=False)
    folded_place = models.CharField(max_length=200, default="", editable=False)
    remote = models.BooleanField(gettext_lazy("remote work possible"), default=False)
    found_how = models.CharField(
        gettext_lazy("how found"), max_length=20, choices=FoundHow, default=FoundHow.OTHER
    )
    found_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_to",
        verbose_name=gettext_lazy("found from"),
        db_index=False,
    )
    motivation = models.PositiveSmallIntegerField(
        gettext_lazy("motivation"), choices=Motivation, default=Motivation.UNFAMILIAR
    )
    posting = models.PositiveSmallIntegerField(gettext_lazy("posting"), choices=Posting, default=Posting.NONE)
    notes = models.TextField(gettext_lazy("notes"), max_length=NOTES, blank=True)

    stage = models.PositiveSmallIntegerField(choices=Stage, default=Stage.SOURCED, editable=False)
    advocacy = models.BooleanField(default=False, editable=False)
    people_count = models.PositiveIntegerField(default=0, editable=False)
    asked_count = models.PositiveIntegerField(default=0, editable=False)
    """Whom I wrote to (`Person.was_asked`): a part of the people, and not all who are connected are of it."""
    answered_count = models.PositiveIntegerField(default=0, editable=False)
    """Those of the asked who took it up (`Person.has_answered`)."""
    connected_count = models.PositiveIntegerField(default=0, editable=False)
    """Connected, or further: whoever I knew before, too."""
    talked_count = models.PositiveIntegerField(default=0, editable=False)
    referred_count = models.PositiveIntegerField(default=0, editable=False)
    lamp = models.GeneratedField(
        expression=F("motivation") * 100 + F("posting") * 10 + Case(When(advocacy=True, then=1), default=0),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    objects: ClassVar[Any] = CompanyQuerySet.as_manager()

    class Meta(StatefulModel.Meta):
        verbose_name = gettext_lazy("company")
        verbose_name_plural = gettext_lazy("companies")
        constraints = [
            *StatefulModel.Meta.constraints,
            text_limits(
                "company_text", name=NAME, folded_name=2 * NAME, search_text=8 * NAME, dropped_because=NAME,
                website=LONGEST, industry=100, place=100, folded_industry=200, folded_place=200, notes=NOTES,
            ),
            text_limits("company_haystack", haystack=LONGEST_HAYSTACK),
            models.CheckConstraint(condition=Q(motivation__lte=3), name="company_motivation"),
            models.CheckConstraint(condition=Q(posting__range=(1, 3)), name="company_posting"),
            stamped("company_state", target="listed_on", paused="paused_on", dropped="dropped_on"),
        ]  # fmt: skip
        indexes = [
            models.Index("owner", "state", F("lamp").desc(), "folded_name", "id", name="company_lamp"),
            models.Index("owner", F("lamp").desc(), "folded_name", "id", name="company_lamp_any_state"),
            models.Index("owner", "folded_name", "id", name="company_by_name"),
            models.Index("owner", F("people_count").desc(), "folded_name", "id", name="company_by_people"),
            models.Index("owner", F("stage").desc(), "folded_name", "id", name="company_by_stage"),
            models.Index("owner", "folded_industry", "folded_name", "id", name="company_by_industry"),
            models.Index("owner", "folded_place", "folded_name", "id", name="company_by_place"),
            models.Index("owner", F("id").desc(), name="company_newest"),
            models.Index(
                "owner", "state", F("connected_count").desc(), "folded_name", "id",
                name="company_by_acquaintance",
            ),
            models.Index("owner", "state", "people_count", "asked_count", name="company_coverage"),
            models.Index("found_from", name="company_found_from"),
            models.Index("owner", "found_from", name="company_led_to"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("companies:company_detail", self.pk)

    @property
    def website_link(self) -> str:
        """The website if it can be opened safely, whichever way it came here."""
        return self.website if is_web_link(self.website) else ""

    @property
    def in_short(self) -> str:
        """Industry and place on one line."""
        remote = _("remote") if self.remote else ""
        return " · ".join(filter(None, (self.industry, self.place, remote)))

    @property
    def progress(self) -> str:
        """How far the search got here, in words: "2 talked"; nothing while people are only found."""
        if self.referred_count:
            return ngettext("%d referral", "%d referrals", self.referred_count) % self.referred_count
        if self.talked_count:
            return _("%d talked") % self.talked_count
        if self.connected_count:
            return _("%d connected") % self.connected_count
        return _("%d asked") % self.asked_count if self.asked_count else ""

    def derive(self) -> None:
        self.make_searchable([row.name for row in self.names.all()] if self.pk else self._names_to_come)

    _names_to_come: tuple[str, ...] = ()
    """Its names, until there are rows of them."""
    _name_in_store = ""

    def can_return(self, besides: Collection[Any] = ()) -> bool:
        # Without its name it could not be told from the one that has it now.
        taken = CompanyName.objects.filter(owner=self.owner_id, exact_key=exact_key(self.name))
        moving = [pk for model, pk in besides if model == CompanyName._meta.label_lower]
        return not taken.exclude(pk__in=moving).exists()

    def make_searchable(self, names: Iterable[str]) -> None:
        """Write the columns that lists sort and search by; `names` are all by which it is recognised."""
        self._names_to_come = tuple(names)
        called = " ".join([self.name, *sorted(set(self._names_to_come) - {self.name})])
        self.folded_name = folded(self.name)[: 2 * NAME]
        self.folded_industry = folded(self.industry)[:200]
        self.folded_place = folded(self.place)[:200]
        self.search_text = folded(" ".join([called, self.industry, self.place]))[: 8 * NAME]
        self.haystack = haystack(called, self.industry, self.place, self.notes)

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any
    ) -> Self:
        row = super().from_db(db, field_names, values, **kwargs)
        row._name_in_store = row.__dict__.get("name", "")
        return row

    def save(self, **kwargs: Any) -> None:
        """Save; the people there are found by its name, too."""
        super().save(**kwargs)
        renamed, self._name_in_store = self._name_in_store not in ("", self.name), self.name
        if renamed:
            self.tell_its_people([self.pk])

    @staticmethod
    def tell_its_people(companies: Iterable[int]) -> None:
        """Let those who work there derive anew what they take from the company."""
        # `people` is the name by which contacts hangs its people on a company.
        people: Any = Company._meta.get_field("people").related_model
        people.objects.filter(company__in=companies).derive_anew()

    @classmethod
    def add(cls, owner: User, name: str, *, on: dt.date, **facts: Any) -> "Company":
        """Put a company on the list. Raises Refused where its name is known already."""
        known = cls.objects.owned_by(owner).known_as([name])
        if known:
            raise Refused(_("%(name)s is on your list already.") % {"name": next(iter(known.values())).name})
        company = cls(owner=owner, name=name, listed_on=on, **facts)
        company.save()
        company.add_name(name)
        Activity.log(owner, "added", _("Put on the list"), on=on, company=company)
        return company

    @classmethod
    def suggest(cls, owner_id: int, names: Iterable[str]) -> dict[str, "Company"]:
        """The companies of these names, by `exact_key`; those that are not there yet become suggestions.

        Whoever works there led to them: they count for the way "people I know".
        """
        wanted = {exact_key(name): name[:NAME] for name in names if exact_key(name)}
        found = cls.objects.filter(owner=owner_id).known_as(wanted.values())
        for key, name in wanted.items():
            if key not in found:
                how = cls.FoundHow.PEOPLE_I_KNOW
                company = cls(owner_id=owner_id, name=name, state=cls.State.SUGGESTED, found_how=how)
                found[key] = company
                company.make_searchable([name])
                company.save()
                company.add_name(name)
        return found

    def add_name(self, name: str) -> "CompanyName":
        """Another name by which the company is recognised. Raises Refused where it is another company's."""
        taken = CompanyName.objects.owned_by(self.owner).filter(exact_key=exact_key(name)).first()
        if taken and taken.company_id != self.pk:
            raise Refused(
                _("%(name)s is the name of another company of yours. Choose one that tells them apart.")
                % {"name": name}
            )
        return taken or CompanyName.objects.create(owner=self.owner, company=self, name=name)

    def remember_alias(self, name: str) -> None:
        """From now on `name`, too, is this company."""
        self.add_name(name)
        self.save(update_fields=self.DERIVED)

    def aliases(self) -> list[str]:
        """The other names by which it is recognised."""
        own = exact_key(self.name)
        names = self.names.order_by("pk") if self.pk else ()
        return [row.name for row in names if row.exact_key != own]

    def set_aliases(self, names: Iterable[str]) -> None:
        """Make these its other names, without saving the row itself. Raises Refused where one is taken."""
        own = exact_key(self.name)
        wanted: dict[str, str] = {}
        for name in names:
            if (key := exact_key(name)) != own:
                wanted.setdefault(key, name)
        self.names.exclude(exact_key__in=[own, *wanted]).delete()
        for name in wanted.values():
            self.add_name(name)

    def rename(self, name: str) -> None:
        """Give it another name, without saving the row itself. The old name is forgotten."""
        old_key, self.name = exact_key(Company.objects.get(pk=self.pk).name), name
        if exact_key(name) != old_key:
            self.add_name(name)
            self.names.filter(exact_key=old_key).delete()
        else:
            self.names.filter(exact_key=old_key).update(name=name)

    def rate(self, **ratings: int) -> None:
        """Set motivation, posting or both."""
        for name, value in ratings.items():
            setattr(self, name, value)
        self.save(update_fields=list(ratings))

    def put_on_list(self, *, on: dt.date) -> None:
        self._record(self.moved("listing", on=on))

    def pause(self, *, on: dt.date) -> None:
        self._record(self.moved("pause", on=on))

    def drop(self, *, on: dt.date, because: str = "") -> None:
        self._record(self.moved("dropping", on=on, text=because))

    def move(self, noun: str, *, on: dt.date) -> Move:
        move = super().move(noun, on=on)
        self.dropped_because = ""
        return move

    def moved(self, noun: str, *, on: dt.date, text: str = "") -> Activity:
        line = super().moved(noun, on=on, text=text)
        if noun == "dropping":
            self.dropped_because = text
        return line

    def state_before(self, move: Move) -> str | None:
        # No move leads to a suggestion: it came with an import, and has no day of its own.
        was_suggested = self.listed_on is None and self.State.SUGGESTED in move.sources
        return self.State.SUGGESTED.value if was_suggested else super().state_before(move)

    def standing(self) -> str:
        return _("It is on your list already") if self.state == self.State.TARGET else super().standing()

    def undo_move(self, *, on: dt.date) -> None:
        self._record(self.moved_back(on=on))

    def moved_back(self, *, on: dt.date) -> Activity:
        """Back to the state before: resumed, taken back on the list, or suggested again; not saved yet."""
        move = self.take_back()
        if move.noun == "dropping":
            self.dropped_because = ""
        return self.line(move.noun, str(move.back), on=on)

    MERGED = ("website", "industry", "place", "found_how", "notes")
    """What two companies may differ in, so that one has to be chosen; of ratings the higher stays."""

    def merge(self, other: "Company", *, on: dt.date, chosen: Mapping[str, Any]) -> uuid.UUID:
        """Make `other` a part of this one: its people, openings, names and history, too. Returns the act.

        `chosen` are values for fields of `MERGED`; those left out stay. Raises Refused for the same company.
        """
        if other.pk == self.pk or other.owner_id != self.owner_id:
            raise Refused(_("Choose another company to merge it with."))
        better = self if self.list_rank <= other.list_rank else other
        facts = dict(chosen) | {
            "motivation": max(self.motivation, other.motivation),
            "posting": max(self.posting, other.posting),
            "remote": self.remote or other.remote,
            **{name: getattr(better, name) for name in ("state", "dropped_because")},
            **{move.stamp: getattr(better, move.stamp) for move in self.MOVES},
        }
        return merging.merge(
            self,
            other,
            sentence=_("Merged %(other)s into %(name)s") % {"other": other.name, "name": self.name},
            facts=facts,
            line=self.line("merged", _("Merged with %(name)s") % {"name": other.name}, on=on),
            history="company_uid",
        )

    @property
    def list_rank(self) -> int:
        """Which of two states stays when two companies are one: what is on the list stays on it."""
        return ("target", "paused", "suggested", "dropped").index(self.state)

    def likely_same(self) -> list["Company"]:
        """Other companies of the owner whose names may mean this one, the likeliest first."""
        rows = (
            CompanyName.objects.owned_by(self.owner_id).exclude(company=self).values_list("name", "company")
        )
        known = dict(rows)
        proposer, found = Proposer(known), dict[int, float]()
        for name in [self.name, *self.aliases()]:
            for proposal in proposer.propose(name):
                pk = known[proposal.known]
                found[pk] = max(proposal.score, found.get(pk, 0))
        standing = Company.objects.in_bulk(sorted(found, key=lambda pk: -found[pk])[:5])
        return sorted(standing.values(), key=lambda company: -found[company.pk])

    def learn_linkedin(self, text: str) -> list["CompanyLinkedIn"]:
        """Take the page and every numeric id out of pasted LinkedIn links; returns what was new."""
        learned = self.pages_named_in(text)
        for page in learned:
            page.save()
        return learned

    def pages_named_in(self, text: str) -> list["CompanyLinkedIn"]:
        """What LinkedIn links name and is not known of it yet, not saved. Raises Refused for another's."""
        links = filter(None, map(linkedin_links.read_company_link, text.split()))
        found = [(link.kind, link.value) for link in links]
        found += [("numeric", number) for number in linkedin_links.read_company_ids(text)]
        if not found:
            raise Refused(
                _("That is no link to a company on LinkedIn. Paste its page, or a search for its people.")
            )
        named = []
        for kind, value in dict.fromkeys(found):
            row = CompanyLinkedIn.objects.owned_by(self.owner_id).filter(kind=kind, value=value).first()
            if row and row.company_id != self.pk:
                raise Refused(_("That is the LinkedIn page of %(name)s.") % {"name": row.company.name})
            if not row:
                named.append(CompanyLinkedIn(owner_id=self.owner_id, company=self, kind=kind, value=value))
        return named

    def learn_in_passing(self, *texts: str, held: Iterable[str] = ()) -> list[str]:
        """Take the numeric id out of LinkedIn links that were pasted for something else, where it is clear.

        Of several it is not known which is this company's; one that another company has stays there. What the
        texts `held` before they were saved again was learned then, or taken away since, and is not pasted anew.
        Returns what is to be said of it, in sentences.
        """
        found = linkedin_links.read_company_ids("\n".join(texts))
        if len(found) != 1 or found[0] in linkedin_links.read_company_ids("\n".join(held)):
            return []
        facts = {"kind": CompanyLinkedIn.Kind.NUMERIC, "value": found[0]}
        known = (
            CompanyLinkedIn.objects.owned_by(self.owner_id).filter(**facts).select_related("company").first()
        )
        if known is None:
            new = CompanyLinkedIn.objects.create(owner_id=self.owner_id, company=self, **facts)
            return [new.learned]
        if known.company_id == self.pk:
            return []
        return [
            _("%(number)s is LinkedIn’s number of %(other)s, so %(name)s did not get it.")
            % {"number": known.value, "other": known.company.name, "name": self.name}
        ]

    def gave_up_a_number(self) -> bool:
        """Whether one of LinkedIn's was taken away from it by hand, as long as "Recently changed" knows."""
        gone = Change.objects.filter(
            owner=self.owner_id, model="companies.companylinkedin", after__isnull=True, undone_at__isnull=True
        )
        return gone.filter(before__company_id=self.pk, before__kind="numeric").exists()

    def line(self, verb: str, title: str, text: str = "", *, on: dt.date) -> Activity:
        return Activity(
            owner_id=self.owner_id,
            verb=verb,
            title=title[:300],
            text=text,
            happened_on=on,
            company_uid=self.uid,
        )

    def _record(self, line: Activity) -> None:
        self.save()
        line.save()
