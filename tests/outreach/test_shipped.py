"""What every account begins with: it fits, it asks and does not beg, and it fills without a rest."""

from collections import Counter

import pytest

from outreach.placeholders import PLACEHOLDERS, fill, leftovers, linkedin_length
from outreach.shipped import (
    GUIDE_REQUEST,
    SHIPPED_QUESTIONS,
    SHIPPED_TEMPLATES,
    SHORT_REQUESTS,
    ShippedTemplate,
)

LONG_VALUES = {
    "name": "Maximiliane Konstantinopoulos",
    "first name": "Maximiliane",
    "role": "Senior Product Marketing Manager",
    "company": "Boehringer Ingelheim",
    "my name": "Oluwaseun Adeyemi-Thompson",
    "my role": "International Account Manager",
    "in common": "the volunteering group in Hamburg",
    "introducer": "Katharina Brandenburger",
    "person met": "Maximiliane Konstantinopoulos",
    "topic": "marketing in regulated health care",
    "times": "Tuesday 10:00, Wednesday 12:30 or Thursday after 16:00",
    "school": "the Technical University of Munich",
}
FREE_ACCOUNT = 200
KINDS = {
    "connection_request",
    "first_message",
    "ask_for_time",
    "introduction_request",
    "follow_up",
    "thanks",
    "report_back",
    "reply",
}
ASKING = {"first_message", "ask_for_time", "introduction_request", "follow_up"}


def named(template: ShippedTemplate) -> str:
    return template.name


def filled(template: ShippedTemplate) -> str:
    return fill(template.body, LONG_VALUES).text


def test_the_guides_own_request_is_shipped_word_for_word() -> None:
    assert GUIDE_REQUEST.body == (
        "Hi <name>, I discovered your profile because of the interesting work you do as a <role> at "
        "<company>. I’d appreciate an opportunity to ask you a few questions to learn more about what you "
        "do and what it is like to work at <company>. Thank you in advance for connecting with me!"
    )
    assert GUIDE_REQUEST in SHIPPED_TEMPLATES


def test_the_guides_request_does_not_fit_a_free_account() -> None:
    short = fill(GUIDE_REQUEST.body, {"name": "Al", "role": "CTO", "company": "X"}).text

    assert linkedin_length(short) > FREE_ACCOUNT


@pytest.mark.parametrize("template", SHORT_REQUESTS, ids=named)
def test_each_short_request_fits_a_free_account_with_long_names(template: ShippedTemplate) -> None:
    assert linkedin_length(filled(template)) < 190
    assert template in SHIPPED_TEMPLATES


@pytest.mark.parametrize("template", SHIPPED_TEMPLATES, ids=named)
def test_each_template_is_filled_from_the_table_without_a_rest(template: ShippedTemplate) -> None:
    for text in (template.subject, template.body):
        assert set(leftovers(text)) <= {str(placeholder) for placeholder in PLACEHOLDERS}
        assert leftovers(fill(text, LONG_VALUES).text) == ()
    assert "\n" not in template.subject


def test_every_placeholder_of_the_table_is_used_somewhere() -> None:
    used = {name for template in SHIPPED_TEMPLATES for name in leftovers(template.subject + template.body)}

    assert used == {str(placeholder) for placeholder in PLACEHOLDERS}


def test_there_is_a_template_of_every_kind_and_names_are_told_apart() -> None:
    assert {template.kind for template in SHIPPED_TEMPLATES} == KINDS
    assert len({(template.kind, template.name) for template in SHIPPED_TEMPLATES}) == len(SHIPPED_TEMPLATES)
    assert Counter(template.kind for template in SHIPPED_TEMPLATES)["connection_request"] >= 5


@pytest.mark.parametrize("template", [t for t in SHIPPED_TEMPLATES if t.kind in ASKING], ids=named)
def test_whoever_asks_keeps_under_75_words_and_ends_with_the_question(template: ShippedTemplate) -> None:
    text = filled(template)

    assert len(text.split()) < 75
    assert text.endswith("?")


@pytest.mark.parametrize("template", [t for t in SHIPPED_TEMPLATES if t.kind == "ask_for_time"], ids=named)
def test_asking_for_a_time_says_how_long_and_offers_several(template: ShippedTemplate) -> None:
    assert "15 to 20 minutes" in template.body
    assert "<times>" in template.body, "times are the user's own: nobody sends days that a template made up"


@pytest.mark.parametrize("template", SHIPPED_TEMPLATES, ids=named)
def test_nobody_begs_and_nobody_asks_for_a_job(template: ShippedTemplate) -> None:
    said = template.body.casefold()

    for word in ("sorry", "please help", "any job", "hire me", "résumé", "desperate", "pick your brain"):
        assert word not in said


def test_questions_cover_the_four_aims_and_are_questions() -> None:
    aims = Counter(question.aim for question in SHIPPED_QUESTIONS)

    assert set(aims) == {"role", "team", "openings", "referral"}
    assert min(aims.values()) >= 5
    assert all(question.text.endswith("?") for question in SHIPPED_QUESTIONS)
    assert len({question.text for question in SHIPPED_QUESTIONS}) == len(SHIPPED_QUESTIONS)
