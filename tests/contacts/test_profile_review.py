"""A review of a profile ranks whom to write to first at each company, and says why."""

import pytest

from contacts.models import Person, ProfileReview, Tie
from netjob import figures
from tests import factories as make

pytestmark = pytest.mark.usefixtures("frozen")
FULL = {
    "is_active": "on",
    "has_photo": "on",
    "closeness": "3",
    "tone": "warm",
    "learn": "SQL",
    "in_common": "dbt",
}


@pytest.fixture
def priya(alice):
    return make.PersonFactory(owner=alice, name="Priya Raman")


def test_a_few_ticks_are_kept_and_scored(alice_client, priya):
    answer = alice_client.post(f"/people/{priya.pk}/review/", FULL)

    review = ProfileReview.objects.get()
    priya.refresh_from_db()
    assert answer.url == f"/people/{priya.pk}/#review"
    assert (review.score, priya.in_common, priya.review_score) == (13, "dbt", 15)
    page = alice_client.get(priya.get_absolute_url()).content.decode()
    assert (
        "active lately, has the role you want, somebody to learn from, a warm tone, something in common"
        in page
    )


def test_htmx_swaps_the_panel_in_place(alice_client, priya):
    headers = {"HX-Request": "true", "HX-Target": "review"}
    url = f"/people/{priya.pk}/review/"

    form = alice_client.get(url, headers=headers).content.decode()
    kept = alice_client.post(url, FULL, headers=headers)

    assert "<html" not in form
    assert f'hx-post="{url}"' in form
    assert kept.status_code == 200
    assert "What speaks for them" in kept.content.decode()
    assert "<html" not in kept.content.decode()


def test_what_is_wrong_is_said(alice_client, priya):
    answer = alice_client.post(f"/people/{priya.pk}/review/", FULL | {"closeness": "9"})

    assert answer.status_code == 422
    assert not ProfileReview.objects.exists()


def test_a_newer_review_is_not_overwritten(alice_client, alice, priya):
    review = make.ReviewFactory(owner=alice, person=priya)
    review.save()

    answer = alice_client.post(f"/people/{priya.pk}/review/", FULL | {"version": 1})

    assert answer.status_code == 409


def test_the_best_next_one_is_the_one_for_whom_most_speaks(alice, priya):
    tied, plain = (
        make.PersonFactory(owner=alice, company=priya.company, name=name) for name in ("Tia", "Pat")
    )
    review = make.ReviewFactory(owner=alice, person=priya, closeness=3)
    ProfileReview.settle([review])
    Tie.settle([make.TieFactory(owner=alice, person=tied)])

    best = Person.objects.filter(company=priya.company).best_next_first().with_reasons()

    assert [(row.name, row.why_first()) for row in best] == [
        ("Priya Raman", ["active lately", "has the role you want"]), ("Tia", ["same school"]), (plain.name, []),
    ]  # fmt: skip
    assert not [*figures.wrong(Person.objects.all())]


def test_a_tie_is_added_once_and_deleted(alice_client, priya):
    url = f"/people/{priya.pk}/ties/add/"

    alice_client.post(url, {"kind": "alumni", "text": "Carrick"})
    again = alice_client.post(url, {"kind": "alumni", "text": "Carrick"})

    assert again.status_code == 422
    assert "You noted that already" in again.content.decode()
    assert Person.objects.get(pk=priya.pk).review_score == 2
    alice_client.post(f"/ties/{Tie.objects.get().pk}/deletion/")
    assert Person.objects.get(pk=priya.pk).review_score == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tie=alumni", {"Tia"}), ("tie=friend", set()), ("review=yes", {"Priya Raman"}), ("review=no", {"Tia", "Con"}),
        ("degree=1", {"Con"}), ("degree=2", {"Tia"}), ("degree=3", set()),
    ],
)  # fmt: skip
def test_the_list_of_people_is_filtered_by_it(alice, alice_client, priya, query, found):
    tied = make.PersonFactory(owner=alice, name="Tia", degree=2)
    make.PersonFactory(owner=alice, name="Con", connected_on=make.ON)
    make.TieFactory(owner=alice, person=tied)
    make.ReviewFactory(owner=alice, person=priya)

    page = alice_client.get(f"/people/?{query}").content.decode()

    assert {name for name in ("Priya Raman", "Tia", "Con") if f">{name}</a>" in page} == found


def test_whom_to_write_to_first_is_an_order_of_the_list(alice, alice_client, priya):
    review = make.ReviewFactory(owner=alice, person=priya, closeness=3)
    ProfileReview.settle([review])
    make.PersonFactory(owner=alice, name="Ada Moss")

    page = alice_client.get("/people/?sort=first").content.decode()

    assert page.index("Priya Raman</a>") < page.index("Ada Moss</a>")


def test_moving_leaves_the_job_behind(alice, alice_client, priya):
    before, after = priya.company, make.CompanyFactory(owner=alice, name="Figma")
    form = {"act": "company", "company": "Figma", "row": priya.pk, "sent": "1"}

    alice_client.post("/people/changes/", form)

    job = priya.positions.get()
    priya.refresh_from_db()
    assert (priya.company, job.company, job.employer, job.title) == (
        after,
        before,
        before.name,
        "Analytics Lead",
    )
