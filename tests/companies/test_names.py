"""Company names: one key decides, everything else only proposes."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.names import Proposer, exact_key, folded, loose_key, propose
from companies.other_scripts import _READ, _TRANSLATED

PAIRS = list(csv.DictReader((Path(__file__).parent / "company_pairs.csv").open(encoding="utf-8")))
SETS = ("first", "second", "third")
NAMES = st.text(max_size=60) | st.sampled_from([pair["one"] for pair in PAIRS])


def of_set(name):
    return [pair for pair in PAIRS if pair["set"] == name]


def proposed(pair):
    return pair["one"] in propose([pair["one"]], [pair["other"]])


# Proposals against labelled pairs. "first" was given, "second" written before tuning ended, "third" after it;
# what then failed in the third mended five general rules.


@pytest.mark.parametrize("name", SETS)
def test_nine_in_ten_proposals_are_right(name):
    right = [pair["same"] == "yes" for pair in of_set(name) if proposed(pair)]

    assert len(right) > 50
    assert sum(right) / len(right) >= 0.95


@pytest.mark.parametrize("name", SETS)
def test_nine_in_ten_of_the_same_companies_are_proposed(name):
    """Aliases apart: that Statoil is Equinor now, no spelling tells."""
    found = [proposed(pair) for pair in of_set(name) if pair["same"] == "yes" and pair["class"] != "alias"]

    assert len(found) > 80
    assert sum(found) / len(found) >= 0.9


@pytest.mark.parametrize("kind", ["legal form", "spelling", "typo", "script"])
def test_no_class_is_left_behind(kind):
    found = [proposed(pair) for pair in PAIRS if pair["same"] == "yes" and pair["class"] == kind]

    assert sum(found) / len(found) >= 0.8


def test_different_companies_never_share_an_exact_key():
    shared = [p for p in PAIRS if p["same"] == "no" and exact_key(p["one"]) == exact_key(p["other"])]

    assert shared == []


def test_it_does_not_matter_which_name_came_first():
    crooked = [p for p in PAIRS if proposed(p) != proposed(p | {"one": p["other"], "other": p["one"]})]

    assert crooked == []


def test_among_all_names_at_once_a_wrong_company_is_rare():
    """Each name against the whole list, as an import asks; the label is missing for most of these pairs."""
    labels = {frozenset((p["one"], p["other"])): p["same"] for p in PAIRS}
    found = propose([p["one"] for p in PAIRS], [p["other"] for p in PAIRS])

    wrong = [(n, p) for n, ps in found.items() for p in ps if labels.get(frozenset((n, p.known))) == "no"]
    assert len(wrong) <= 4


@pytest.mark.parametrize(
    ("new", "known", "reason"),
    [
        ("SAP SE", "sap  se", "same name"),
        ("SAP AG", "SAP SE", "legal form"),
        ("Alibaba", "Alibaba Group", "legal form"),
        ("ООО «Яндекс»", "Яндекс", "legal form"),
        ("Coca Cola", "Coca-Cola", "spelling"),
        ("Muenchener Rueck", "Münchener Rück", "spelling"),
        ("Booking", "Booking.com", "spelling"),
        ("Micorsoft", "Microsoft", "typo"),
        ("Vodaphone", "Vodafone", "typo"),
        ("Astra Zenica", "AstraZeneca", "typo"),
        ("Яндекс", "Yandex", "other script"),
        ("华为技术", "華為技術", "other script"),
        ("P&G", "Procter & Gamble", "initials"),
        ("IBM Corp.", "International Business Machines Corp.", "initials"),
        ("Warner Bros.", "Warner Brothers", "spelling"),
        ("St. Jude Medical", "Saint Jude Medical", "spelling"),
        ("Porche", "Porsche", "typo"),
    ],
)
def test_a_proposal_says_why(new, known, reason):
    (proposal,) = propose([new], ["Quite Another Company", known])[new]

    assert (proposal.known, proposal.reason) == (known, reason)
    assert 0 < proposal.score <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Metro AG", "Metro Inc."),
        ("Woolworths Group Ltd", "Woolworths Holdings Ltd"),
        ("Cisco", "Sysco"),
        ("Stripe", "Strive"),
        ("Siemens", "Siemens Energy"),
        ("IBM", "IBM Deutschland"),
        ("Aldi Süd", "Aldi Nord"),
        ("Metro AG", "Metro Bank PLC"),
        ("Ford", "Fjord"),
        ("Swatch", "Watch"),
        ("3M", "4M"),
        ("Boeing 737", "Boeing 747"),
        ("Henry VIII Tours", "Henry VII Tours"),
        ("京东", "京东方"),
        ("!!!", "???"),
    ],
)
def test_what_only_looks_alike_is_not_proposed(one, other):
    assert propose([one], [other]) == {}


def test_the_likeliest_comes_first_and_no_more_than_asked_for():
    known = ["Siemens Energy", "Seimens", "Siemens AG", "SIEMENS", "Siemen's"]

    proposals = Proposer(known).propose("Siemens", limit=3)

    assert [p.known for p in proposals] == ["SIEMENS", "Siemen's", "Siemens AG"]


def test_names_without_a_likely_one_are_left_out():
    assert propose(["Acme", "Zalando SE"], ["Zalando"]).keys() == {"Zalando SE"}


def test_five_hundred_names_against_five_thousand_take_seconds_not_minutes():
    words = ("Nord", "Alpen", "Blau", "Quant", "Sol", "Velo", "Kern", "Lumen", "Terra", "Astra")
    known = [f"{a}{b.lower()} {c} {n} GmbH" for a in words for b in words for c in words for n in range(5)]
    began = time.process_time()

    found = propose([name.replace(" GmbH", "") for name in known[::10]], known)

    assert time.process_time() - began < 4
    assert len(found) == 500


def test_many_names_with_the_same_initials_do_not_slow_it_down():
    known = [f"Alpha Berg{n} Gruppe" for n in range(2000)]
    began = time.process_time()

    assert propose(["ABG", *known[:500]], known).keys() >= {"ABG"}

    assert time.process_time() - began < 4


# Keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "  ACME\u00a0 ltd "),
        ("Ａｃｍｅ", "acme"),
        ("Straße AG", "STRASSE ag"),
        ("Ac\u200bme", "Acme"),
        ("\u3164Acme\uffa0", "Acme"),
        ("Nestle\u0301", "Nestlé"),
        ("\ufeffAcme\x00", "acme"),
        ("㈱メルカリ", "(株)メルカリ"),
    ],
)
def test_case_width_and_spaces_do_not_make_another_company(one, other):
    assert exact_key(one) == exact_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nestlé", "Nestle"), ("SAP SE", "SAP AG"), ("Coca-Cola", "Coca Cola"), ("Яндекс", "Yandex")],
)
def test_an_exact_key_decides_nothing_more(one, other):
    assert exact_key(one) != exact_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Grupo Bimbo, S.A.B. de C.V.", "grupo bimbo"),
        ("Henkel AG & Co. KGaA", "henkel"),
        ("Żabka Polska sp. z o.o.", "zabka polska"),
        ("Amazon EU S.à r.l.", "amazon eu"),
        ("Novo Nordisk A/S", "novo nordisk"),
        ("PT Telkom Indonesia (Persero) Tbk", "telkom indonesia"),
        ("AB Volvo", "volvo"),
        ("AO World plc", "ao world"),
        ("SC Johnson", "sc johnson"),
        ("The Coca-Cola Company", "coca cola"),
        ("Tiffany & Co.", "tiffany"),
        ("トヨタ自動車株式会社", "トヨタ自動車"),
        ("株式会社メルカリ", "メルカリ"),
        ("㈱メルカリ", "メルカリ"),
        ("주식회사 카카오", "카카오"),
        ("华为技术有限公司", "华为技术"),
        ("ПАО «Газпром»", "газпром"),
        ('Teva בע"מ', "teva"),
        ("Koç Holding A.Ş.", "koc holding"),
        ("Bäckerei Müller e.K.", "backerei muller"),
        ("DATEV eG", "datev"),
        ("Acme GmbH i.L.", "acme"),
        ("Yahoo!™ Inc.", "yahoo"),
        ("J.P. Morgan", "jp morgan"),
        ("L’Oréal", "loreal"),
        ("टाटा स्टील", "टाटा स्टील"),
    ],
)
def test_a_loose_key_is_the_name_without_its_legal_form(name, key):
    assert loose_key(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [("Corp", "corp"), ("BT", "bt"), ("The Company", "company"), ("A/S", "a s"), ("株式会社", "株式会社")],
)
def test_a_name_that_is_a_legal_form_keeps_it(name, key):
    assert loose_key(name) == key


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("Żabka Ørsted", "zabka orsted"),
        ("  Łódź\tŽižkov ", "lodz zizkov"),
        ("O’Brien", "o'brien"),
        ("Zoë–Maria", "zoe-maria"),
        ("ガ", "ガ"),
        ("हिन्दी", "हिन्दी"),
        ("Ёлка", "елка"),
        ("İstanbul", "istanbul"),
    ],
)
def test_search_text_has_no_accents_and_keeps_other_scripts(text, search):
    assert folded(text) == search


def test_the_words_that_are_translated_are_written_as_they_are_compared():
    assert [word for word in _TRANSLATED | _READ if folded(word) != word] == []


@given(NAMES)
def test_keys_of_any_text_are_stable(name):
    assert exact_key(exact_key(name)) == exact_key(name)
    assert folded(folded(name)) == folded(name)
    assert "\x00" not in exact_key(name)


@given(NAMES, NAMES)
def test_any_two_names_can_be_compared(one, other):
    forth, back = propose([one], [other]), propose([other], [one])

    assert bool(forth) == bool(back)
    assert all(0 < p.score <= 1 for found in (forth, back) for ps in found.values() for p in ps)


@given(NAMES)
def test_a_name_finds_itself(name):
    assert propose([name], [name])[name][0].score == 1
