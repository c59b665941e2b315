"""Filling a template: once, from an allowlist, and nothing forgotten goes out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.placeholders import (
    LONGEST_MESSAGE,
    LONGEST_TEMPLATE,
    PLACEHOLDERS,
    Filled,
    TextTooLongError,
    article,
    fill,
    first_name,
    leftovers,
    linkedin_length,
)

ADA = {"name": "Ada Lovelace", "first name": "Ada", "role": "Analytics Lead", "company": "Acme"}
NAMES = [placeholder.name for placeholder in PLACEHOLDERS]


# --- the table ---


def test_the_table_has_the_guides_placeholders_and_ours_each_with_a_sentence() -> None:
    assert NAMES == [
        "name",
        "first name",
        "role",
        "company",
        "my name",
        "my role",
        "in common",
        "introducer",
        "person met",
        "topic",
        "times",
        "school",
    ]
    assert all(placeholder.meaning.endswith(".") for placeholder in PLACEHOLDERS)
    assert str(PLACEHOLDERS[1]) == "<first name>"


# --- filling ---


def test_every_placeholder_is_filled() -> None:
    template = " | ".join(map(str, PLACEHOLDERS))

    filled = fill(template, {name: f"({name})" for name in NAMES})

    assert filled == Filled(" | ".join(f"({name})" for name in NAMES), (), ())


@pytest.mark.parametrize(
    "written",
    ["<first name>", "<First Name>", "<FIRST NAME>", "< first  name >", "<firstname>", "<first_name>",
     "<First-Name>", "<first\nname>", "<first\u00a0name>", "<fi\u200brst name>", "<\u2068first name\u2069>"],
)  # fmt: skip
def test_case_spaces_and_invisible_marks_make_no_difference(written: str) -> None:
    assert fill(f"Hi {written}!", ADA) == Filled("Hi Ada!", (), ())


def test_an_empty_value_keeps_its_placeholder_and_is_named_once() -> None:
    filled = fill("Hi <First  name>, <topic> at <company>, <topic>", {"first name": "  ", "company": None})

    assert filled == Filled(
        "Hi <First  name>, <topic> at <company>, <topic>", ("<first name>", "<topic>", "<company>"), ()
    )


def test_an_unknown_placeholder_is_named_as_it_is_written() -> None:
    filled = fill("Hi <frist  name>, <name", ADA)

    assert filled == Filled("Hi <frist  name>, <name", (), ("<frist name>", "<name"))


@pytest.mark.parametrize("value", ["<name>", "<company>", "{company}", "{% debug %}", "{{ 7*7 }}", "%(name)s",
                                   "<script>alert(1)</script>", r"\1 \g<0>"])  # fmt: skip
def test_a_value_is_never_looked_at_again(value: str) -> None:
    filled = fill("To <company>, from <my name>.", {"company": value, "my name": "<company>", "name": "Ada"})

    assert filled == Filled(f"To {value}, from <company>.", (), ())


@pytest.mark.parametrize(
    "text",
    ["{{7*7}}", "#{7*7}", "<%= 7*7 %>", '{% include "/etc/passwd" %}', "{name.__class__}", "{0}", "{name!r}",
     "{name:>99999999}", "{{name}}", "%(name)s %s %n", "{%" * 1000, "Hi first_name}", "$name ${name} `name`"],
)  # fmt: skip
def test_other_template_languages_are_only_text(text: str) -> None:
    assert fill(text, ADA).text == text


def test_a_value_becomes_one_line_that_can_stand_in_a_subject() -> None:
    assert (
        fill("About <topic>", {"topic": "\r\nBcc: x@example.com\x00\t "}).text == "About Bcc: x@example.com"
    )


def test_a_value_for_no_placeholder_is_a_mistake_in_the_program() -> None:
    with pytest.raises(KeyError):
        fill("Hi", {"nmae": "Ada"})


# --- limits ---


def test_a_template_over_its_limit_is_refused_with_a_sentence() -> None:
    assert fill("x" * LONGEST_TEMPLATE, {}).text == "x" * LONGEST_TEMPLATE
    with pytest.raises(TextTooLongError, match="A template may have 20,000 characters, not 20,001"):
        fill("x" * (LONGEST_TEMPLATE + 1), {})


@pytest.mark.parametrize(
    ("text", "value"), [("<name>" * 3000, "x" * 100), ("<name>", "x" * (LONGEST_MESSAGE + 1))]
)
def test_a_message_over_its_limit_is_refused_with_a_sentence(text: str, value: str) -> None:
    with pytest.raises(TextTooLongError, match="A message may have 100,000 characters"):
        fill(text, {"name": value})


@pytest.mark.parametrize(
    "piece",
    ["<", "<a", "<a ", "a ", "< ", "<name", "name>", "<name>", "first", "first ", "<a-", "my_", "<\u200b",
     " ", "<x" + "y" * 199, "<" + " " * 50, "a <role>", "a <company>", "\ud800", "<é"],
)  # fmt: skip
def test_hostile_repetition_takes_no_time(piece: str) -> None:
    text = (piece * LONGEST_TEMPLATE)[:LONGEST_TEMPLATE]
    began = time.process_time()

    leftovers(text)
    fill(text, {"role": "x"})

    assert time.process_time() - began < 3


# --- a or an ---


@pytest.mark.parametrize(
    ("template", "role", "text"),
    [
        ("as a <role> at", "Analytics Lead", "as an Analytics Lead at"),
        ("as a <role> at", "Data Lead", "as a Data Lead at"),
        ("as an <role> at", "Data Lead", "as a Data Lead at"),
        ("as a  “<role>”", "Analyst", "as an  “Analyst”"),
        ("A <role>", "Analyst", "An Analyst"),
        ("An <role>", "Baker", "A Baker"),
        ("AN <role>", "baker", "A baker"),
        ("A <role>", "ANALYST TEAM", "AN ANALYST TEAM"),
        ("as a <role>", "", "as a <role>"),
        ("as the <role>", "Analyst", "as the Analyst"),
        ("Banana <role>", "Analyst", "Banana Analyst"),
        ("vitamin-a <role>", "Analyst", "vitamin-a Analyst"),
        ("l'a <role>", "Analyst", "l'a Analyst"),
        ("a great <role>", "Analyst", "a great Analyst"),
    ],
)
def test_the_article_follows_the_sound_and_keeps_its_case(template: str, role: str, text: str) -> None:
    assert fill(template, {"role": role}).text == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("You are a <company> alum", "You are an Apple alum"),
        ("Me dirijo a <company> por", "Me dirijo a Apple por"),
        ("Scrivo a <name>", "Scrivo a Anna"),
    ],
)
def test_names_get_an_article_in_english_only(template: str, text: str) -> None:
    assert fill(template, {"company": "Apple", "name": "Anna"}).text == text


@pytest.mark.parametrize(
    "phrase",
    ["Analyst", "engineer", "iOS developer", "Operations Lead", "urban planner", "undergraduate", "usher",
     "unimportant role", "uninspired one", "unidentified caller", "umbrella brand", "Uber driver",
     "Upwork alum", "hour", "honest broker", "honorary chair", "heir", "e-commerce lead", "EdTech founder",
     "Économiste", "Økonom", "Überflieger", "Ypsilanti local", "A-level tutor", "MBA student", "MSc student",
     "HR manager", "HR MANAGER", "SEO lead", "SEO LEAD", "SAP consultant", "SQL developer", "LLM engineer",
     "LLMs expert", "MLOps engineer", "FMCG buyer", "R&D lead", "M&A analyst", "L&D partner",
     "X-ray technician", "S.E.O.", "NGO worker", "NHS nurse", "NVIDIA engineer", "IBM fellow", "EY partner",
     "AI/ML lead", "8-person team", "80s fan", "800-seat hall", "11th-hour hire", "18-month role",
     "11,000-person firm", "“Agile” coach", "(acting) lead", "ANALYST"],
)  # fmt: skip
def test_an(phrase: str) -> None:
    assert article(phrase) == "an"


@pytest.mark.parametrize(
    "phrase",
    ["Data Analyst", "Baker", "European", "eulogist", "UX designer", "UI engineer", "user researcher",
     "usability lead", "university", "unit lead", "Unilever alum", "unique one", "union rep", "UK citizen",
     "US-based lead", "U.S. lead", "Ukrainian", "Ugandan", "utility", "ubiquitous one", "Udemy alum",
     "one-person team", "once-in-a-life role", "OneTrust admin", "yoga teacher", "T-shaped lead",
     "PhD student", "SaaS company", "McKinsey alum", "DevOps engineer", "NoSQL expert", "NATO analyst",
     "NASA engineer", "STEM teacher", "SOC analyst", "LATAM lead", "SALES LEAD", "NEW BUSINESS LEAD", "NURSE",
     "BBC producer", "CEO", "QA lead", "VP", "7-person team", "100-person firm", "1,100-person firm",
     "1st hire", "3D artist", "工程师", "инженер", "", "   ", "…", "\ud800"],
)  # fmt: skip
def test_a(phrase: str) -> None:
    assert article(phrase) == "a"


# --- what was forgotten ---


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hi <name>", ("<name>",)),
        ("Hi < First  Name >, <name>, <name>", ("<first name>", "<name>")),
        ("Hi <nmae>, your <job title> at <Firma>", ("<nmae>", "<job title>", "<Firma>")),
        ("<your company’s name>", ("<your company’s name>",)),
        ("<名前>", ("<名前>",)),
        ("<b>bold</b>", ("<b>",)),
        ("<" + "x" * 40 + ">", ("<" + "x" * 40 + ">",)),
        # its end or its beginning is missing
        ("Hi <name", ("<name",)),
        ("Hi <name, thank you", ("<name",)),
        ("Hi <name.", ("<name",)),
        ("Hi <first name, thank you for <company>", ("<first name", "<company>")),
        ("Hi <nmae, thank you", ("<nmae",)),
        ("Hi first name>, thank you", ("first name>",)),
        ("<name <company>", ("<name", "<company>")),
        ("<<name>>", ("<name>",)),
        ("5<name>", ("<name>",)),
    ],
)
def test_leftovers_are_named(text: str, named: tuple[str, ...]) -> None:
    assert leftovers(text) == named


@pytest.mark.parametrize(
    "text",
    ["", "Hi Ada", "I <3 this", "<3 months>", "a < b", "a < b and c > d", "a<b", "x <= y", "1 <2> 3",
     "<ada@example.com>", "Ada <ada.lovelace+jobs@example.com>", "<https://example.com/a>",
     "<www.example.com>", "</b>", "<!-- note -->", "<->", "<>", "< >", "role -> lead", "name => value",
     "my name is Ada", "<" + "x" * 41 + ">", "<this aside is rather longer than forty characters are>"],
)  # fmt: skip
def test_what_only_looks_a_little_like_one_is_left_alone(text: str) -> None:
    assert leftovers(text) == ()


def test_what_fill_leaves_is_what_leftovers_finds() -> None:
    text = "Hi <First name>, <nmae> and <company"
    filled = fill(text, {})

    assert set(leftovers(filled.text)) == {*filled.unfilled, *filled.unknown}


# --- any text at all ---

ANGLED = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [str(p) for p in PLACEHOLDERS] + ["<", ">", "<name", "name>", "a ", "An ", "<x y>", " "]
        ),
    )
).map("".join)
VALUES = st.dictionaries(st.sampled_from(NAMES), st.one_of(st.none(), ANGLED))


@given(ANGLED, VALUES)
def test_any_text_with_any_values_is_filled_and_never_raises(
    text: str, values: dict[str, str | None]
) -> None:
    filled = fill(text, values)

    assert set(filled.unfilled) <= {str(placeholder) for placeholder in PLACEHOLDERS}
    assert leftovers(text) or filled.text == text


@given(VALUES)
def test_nothing_is_ever_expanded_twice(values: dict[str, str | None]) -> None:
    template = "\n".join(map(str, PLACEHOLDERS))

    lines = fill(template, values).text.split("\n")

    for line, placeholder in zip(lines, PLACEHOLDERS, strict=True):
        one_line = fill("<name>", {"name": values.get(placeholder.name)}).text
        assert line == (one_line if one_line != "<name>" else line)
        assert line == str(placeholder) or (values.get(placeholder.name) or "").strip()


@given(st.text())
def test_any_name_phrase_and_length_are_answered(text: str) -> None:
    assert article(text) in ("a", "an")
    assert isinstance(first_name(text), str)
    assert linkedin_length(text) >= 0


# --- LinkedIn's count ---


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("Ada", 3), ("é", 1), ("e\u0301", 2), ("’", 1), ("李", 1), ("🚀", 2), ("👩\u200d💻", 5),
     ("a\r\nb", 3), ("a\nb", 3), ("\ud800", 1)],
)  # fmt: skip
def test_length_is_counted_in_utf_16_code_units(text: str, length: int) -> None:
    assert linkedin_length(text) == length


# --- first names ---


@pytest.mark.parametrize(
    ("full_name", "greeted_as"),
    [
        ("Ada Lovelace", "Ada"),
        ("  Ada   Lovelace ", "Ada"),
        ("Ada L.", "Ada"),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("Zoë van der Berg", "Zoë"),
        # titles, degrees, pronouns, ornaments
        ("Dr. Ada Lovelace", "Ada"),
        ("Prof. Dr. med. Ada Lovelace", "Ada"),
        ("Dipl.-Ing. Ada Lovelace", "Ada"),
        ("Ada Lovelace, PhD", "Ada"),
        ("Ada Lovelace, PhD, MBA", "Ada"),
        ("Ada Lovelace MBA", "Ada"),
        ("Ada Lovelace, Head of Data", "Ada"),
        ("Ada (She/Her) Lovelace", "Ada"),
        ("🚀 Ada Lovelace ✨", "Ada"),
        # the family name first
        ("Lovelace, Ada", "Ada"),
        ("Lovelace, Ada Augusta", "Ada"),
        ("Lovelace, Dr. Ada", "Ada"),
        ("Lovelace, Ada, PhD", "Ada"),
        ("LOVELACE, ADA", "ADA"),
        ("van Gogh, Vincent", "Vincent"),
        # initials, and what cannot be told: the name as it stands
        ("J. Edgar Hoover", "Edgar"),
        ("A. Lovelace", "A. Lovelace"),
        ("Dr. Lovelace", "Dr. Lovelace"),
        ("X Æ A-12", "X Æ A-12"),
        ("Abdul Rahman Khan", "Abdul Rahman"),
        ("Ada", "Ada"),
        ("A", "A"),
        ("Sir", "Sir"),
        ("Null", "Null"),
        ("李", "李"),
        ("李小龙", "李小龙"),
        ("山田 太郎", "山田 太郎"),
        ("김철수", "김철수"),
        ("Иван Петров", "Иван"),
        ("", ""),
        (",", ","),
        ("Ada,", "Ada"),
        (", Ada", "Ada"),
    ],
)
def test_first_name(full_name: str, greeted_as: str) -> None:
    assert first_name(full_name) == greeted_as
