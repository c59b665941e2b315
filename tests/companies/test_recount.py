"""`manage.py recount`: the stored figures are what the rows say; --check only tells."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from companies.models import Company
from contacts.models import Person
from tests.factories import CompanyFactory, ConversationFactory, PersonFactory, RequestFactory

pytestmark = pytest.mark.django_db


def recount(**options):
    out = StringIO()
    call_command("recount", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def search(alice):
    """A company with three people: one found, one asked, one talked to; and one with nobody."""
    company = CompanyFactory(owner=alice, name="Figma")
    _found, asked, talked = (PersonFactory(owner=alice, company=company) for _ in range(3))
    RequestFactory(owner=alice, person=asked, state="sent", sent_on="2026-11-02", sent_at="2026-11-02T09:00Z")
    ConversationFactory(owner=alice, person=talked, state="held", held_on="2026-11-05")
    Person.objects.advance()
    CompanyFactory(owner=alice, name="Nobody")
    company.refresh_from_db()
    return company


def test_what_the_verbs_wrote_is_right(search):
    assert (search.people_count, search.asked_count, search.talked_count, search.stage, search.advocacy) == (
        3, 2, 1, Company.Stage.TALKED, True,
    )  # fmt: skip
    assert recount(check=True) == "All figures are right.\n"
    assert recount() == "Put right: 0 people, 0 companies.\n"


def test_a_check_says_what_differs_and_writes_nothing(search):
    Company.objects.filter(pk=search.pk).update(people_count=7, advocacy=False)
    out = StringIO()

    with pytest.raises(CommandError, match="2 figures differ"):
        call_command("recount", check=True, stdout=out)

    assert out.getvalue().splitlines() == [
        f"company {search.pk}: advocacy is False, not True",
        f"company {search.pk}: people_count is 7, not 3",
    ]
    search.refresh_from_db()
    assert search.people_count == 7


def test_a_check_sees_people_too(search):
    person = Person.objects.filter(stage=Person.Stage.TALKED).get()
    Person.objects.filter(pk=person.pk).update(stage=0, last_contact_on=None)
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("recount", check=True, stdout=out)

    assert f"person {person.pk}: last_contact_on is None, not 2026-11-05" in out.getvalue()
    assert f"person {person.pk}: stage is 0, not 4" in out.getvalue()


def test_counting_anew_puts_everything_right_and_leaves_the_rest(search):
    before = list(Company.objects.order_by("pk").values()), list(Person.objects.order_by("pk").values())
    Person.objects.update(stage=0, in_play=False, last_contact_on=None)
    Company.objects.update(
        people_count=9, asked_count=9, connected_count=9, talked_count=9, stage=5, advocacy=False
    )

    assert recount() == "Put right: 3 people, 2 companies.\n"

    after = list(Company.objects.order_by("pk").values()), list(Person.objects.order_by("pk").values())
    for rows in (*before, *after):
        for row in rows:
            del row["updated_at"]
    assert after == before
    assert recount(check=True)


def test_a_thousand_companies_are_put_right_by_a_few_queries(alice, django_assert_max_num_queries):
    Company.objects.bulk_create(
        Company(owner=alice, name=f"Brand {n}", listed_on="2026-11-02") for n in range(1_000)
    )
    Company.objects.update(people_count=3)

    with django_assert_max_num_queries(12):
        assert Company.objects.recount() == 1_000
