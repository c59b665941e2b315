"""Bad input on every form: a clear error or a correct meaning, nothing typed lost, never a server error.

The forms are found on the pages themselves, those of the ownership walk, so that a new form is tried as soon as
a page shows it. Each field in which somebody types gets every value of its kind, the others keep what is valid.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urljoin, urlsplit

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.urls import resolve, reverse

from netjob.models import User
from netjob.ownership import OwnedModel
from tests import factories as make
from tests.conftest import signed_in
from tests.form_reader import OF_THE_MACHINE, Field, Form, FormReader, body_of, squeezed
from tests.test_ownership import ALL, OF_THE_ACCOUNT, WITH_ID, WITHOUT_ID, address, everything_of

TEXTS = [
    "x" * 10_000,
    "Ada\0Lovelace",
    b"Ada \xed\xa0\x80 Lovelace",  # half a character
    "שלום \u202eevil\u202c \u2067עולם\u2069 مرحبا",
    "👩🏽‍💻 🏳️‍🌈 ﷽ Zoë",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "<b id=planted>bold</b><script>alert(1)</script>",
    "{{ request.user.password }}{% debug %}{{7*7}}",
    "Hi <first name",
    "Hi <foo>, {first_name} %(name)s",
    " \u200b\t ",
    "\"' OR 1=1 --\\",
]
NUMBERS = ["-1", "-99999999999999999999", "9" * 400, "1e309", "NaN", "٣", "1.5", "0x10", "one", "1\0", ""]
DATES = [
    "0000-00-00", "10000-01-01", "2026-02-30", "2026-13-01", "9999-12-31", "0001-01-01", "٢٠٢٦-١١-٠٢",
    "yesterday", "2026-11-02\0", "x" * 10_000, "",
]  # fmt: skip
TIMES = ["24:00", "99:99", "-1:00", "noon", "12:00\0", "١٢:٠٠", ""]
CHOICES = ["9" * 40, "1\0", "../../etc/<b id=planted>"]
READ = {
    # What is typed here is read as something else: names one a line, links, addresses.
    ("companies:company_add", "lines"), ("contacts:people_add", "text"), ("companies:linkedin_add", "link"),
    ("contacts:capture", "text"), ("contacts:event_meet", "text"), ("outreach:wrote_first", "text"),
    ("netjob:import_list", "text"),
}  # fmt: skip
HOSTILE = {"words": TEXTS, "number": NUMBERS, "date": DATES, "time": TIMES, "choice": CHOICES}
ALONE = {"words": [TEXTS[0], TEXTS[1], TEXTS[8]], "date": DATES[2:3], "choice": CHOICES[:2]}
"""The worst of them, which each field gets by itself while the others keep what is valid."""

VALID = {"number": "7", "date": "2026-11-20", "time": "10:30", "email": "ada@example.org"}
VALID_NAMED = {
    "oldpassword": "correct-horse-7", "password": "correct-horse-7",
    "password1": "another-horse-8", "password2": "another-horse-8",
    "link": "linkedin.com/company/acme", "profile": "", "website": "acme.example", "found_from": "",
    "wall_day": "2026-12-01",
}  # fmt: skip


CHOSEN = {
    "netjob:import_list": {"kind": ["companies"]},
    "companies:company_merge": {"name": ["Only Alice may read this, deleted"]},
    "outreach:template_add": {"kind": ["thanks"]},
    "contacts:introduction_add": {"to": ["Only Alice may read this, without people"]},
    "contacts:way_in_add": {"by": ["Only Alice may read this, not asked"]},
    "contacts:way_to_company_add": {"by": ["Only Alice may read this, not asked"]},
    "contacts:person_erase": {"is_meant": ["on"]},
    "outreach:conversation_add": {"scheduled-wall_day": ["2026-12-01"]},
}
"""What else a form needs to be taken."""

NOT_NOW = {
    # The company stands on the list already; nothing is chosen of the bank.
    "companies:company_list_again", "companies:company_undo_move", "outreach:asked_add",
}  # fmt: skip
ROUTES = WITHOUT_ID | OF_THE_ACCOUNT | set(WITH_ID)
SEEN: set[Any] = set()
"""Forms that were tried already: most stand on several pages."""


def noun_of(route: str) -> str:
    return route.partition(":")[2].partition("_")[0] or "account"


NOUNS = sorted({noun_of(route) for route in ROUTES})


@dataclass
class Press:
    """A form, where it stands, and one of the buttons that send it."""

    page: str
    form: Form
    button: Field | None

    @property
    def target(self) -> str:
        action = (self.button and self.button.attrs.get("formaction")) or self.form.action
        return urljoin(self.page, action)

    @property
    def route(self) -> str:
        return resolve(urlsplit(self.target).path).view_name

    @property
    def key(self) -> tuple[Any, ...]:
        """The same form on another page, or of another row, is the same."""
        names = {name.rstrip("0123456789") for name in self.form.names - OF_THE_MACHINE}
        return self.form.method, self.route, frozenset(names), self.button and self.button.name

    def is_of(self, form: Form) -> bool:
        return urlsplit(urljoin(self.page, form.action)).path == urlsplit(self.target).path

    def values(self) -> dict[str, list[Any]]:
        """What the page holds, and something valid in whatever is empty."""
        sent = {
            n: values for n, values in self.form.values().items() if n not in OF_THE_MACHINE - {"version"}
        }
        for button in self.form.buttons:
            sent.pop(button.name, None)
        for one in self.form.typed:
            if one.name and not any(sent.get(one.name, [])):
                sent[one.name] = [VALID_NAMED.get(one.name, VALID.get(one.type, "Something valid"))]
        if self.button and self.button.name:
            sent[self.button.name] = [self.button.value]
        return sent | {
            name: value for name, value in CHOSEN.get(self.route, {}).items() if name in self.form.names
        }


class Account:
    """Alice with a row of everything, in the states that bring forms of their own."""

    def __init__(self) -> None:
        self.alice = make.UserFactory(
            email="alice@example.org", name="Alice Archer", time_zone="Europe/Berlin"
        )
        self.cast = everything_of(self.alice)
        self.client = signed_in(self.alice)
        self.client.raise_request_exception = False
        self.cookies = self.client.cookies.copy()
        self.before = self.stored()

    def pages(self, noun: str) -> Iterator[str]:
        for route in sorted(ROUTES):
            if noun_of(route) == noun:
                yield address(route, ALL[route], self.cast) if route in WITH_ID else reverse(route)

    def presses(self, urls: Iterable[str], seen: set[Any] = SEEN) -> Iterator[Press]:
        """What can be sent from these pages, each kind of form once."""
        for url in urls:
            answer = self.client.get(url)
            if answer.status_code == 200:
                for form in FormReader(body_of(answer).decode()).forms:
                    for button in form.buttons or [None]:
                        press = Press(url, form, button)
                        if press.key not in seen:
                            seen.add(press.key)
                            yield press

    def send(self, press: Press, values: dict[str, list[Any]]) -> Any:
        body = "&".join(
            f"{quote_plus(n)}={quote_plus(value)}" for n, several in values.items() for value in several
        )
        address = press.target
        if press.form.method == "get":
            return self.client.get(address.partition("?")[0] + "?" + body)
        return self.client.post(address, body, content_type="application/x-www-form-urlencoded")

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is done inside is undone, the session too."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        self.client.cookies = self.cookies.copy()
        cache.clear()  # where allauth counts tries

    def stored(self) -> str:
        """All texts of all of Alice's rows."""
        found = []
        for model in apps.get_models():
            if issubclass(model, OwnedModel) or model is User:
                columns = [
                    f.attname
                    for f in model._meta.concrete_fields
                    if isinstance(f, models.CharField | models.TextField)
                ]
                rows = (
                    model._default_manager.filter(pk=self.alice.pk)
                    if model is User
                    else model._default_manager.filter(owner=self.alice)
                )
                found += [str(value) for row in rows.order_by("pk").values_list(*columns) for value in row]
        return squeezed(unicodedata.normalize("NFC", "\n".join(found)))


def more_pages(owner: Any) -> list[str]:
    return []


def tries(press: Press) -> Iterator[dict[str, Any]]:
    """What is sent instead of the valid values: each in all fields of its kind at once, the worst in each alone."""
    kinds = {one.name: one.kind for one in press.form if one.name and one.name not in OF_THE_MACHINE}
    for kind, values in HOSTILE.items():
        names = [name for name in kinds if kinds[name] == kind]
        for value in values if names else []:
            yield dict.fromkeys(names, value)
        is_main = press.button is None or press.button is press.form.buttons[-1]
        if len(names) > 1 and is_main:
            for name in names:
                yield from ({name: value} for value in ALONE.get(kind, []))


def faults(account: Account, press: Press, bad: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the answer when `bad` is sent, in sentences."""
    sent = press.values() | {name: [value] for name, value in bad.items()}
    with account.undone():
        answer = account.send(press, sent)
        status = answer.status_code
        if status >= 500:
            yield f"answers {status}: {getattr(answer, 'exc_info', '')[:2]}"
            return
        if press.form.method == "get":
            if status != 200:
                yield f"answers {status}"
            yield from unsafe_in(FormReader(body_of(answer).decode()), answer)
            return
        is_markup = any("<b" in decoded(value) for value in bad.values())
        if status >= 400 and is_markup and account.stored() != account.before:
            yield f"answers {status} and yet writes"
        if status in (301, 302, 303):
            if is_markup:
                shown = account.client.get(answer.url)
                if shown.status_code != 200:
                    yield f"leads to {answer.url}, which answers {shown.status_code}"
                yield from unsafe_in(FormReader(body_of(shown).decode()), shown)
            yield from changed(press, bad, account.stored())
            return
        reader = FormReader(body_of(answer).decode())
        yield from unsafe_in(reader, answer)
        if not is_typed(press, bad):
            return  # nobody can choose this in a browser: enough that nothing breaks
        if status in (200, 422):
            yield from lost(press, sent, reader)
            if status == 422:
                yield from untold(reader)
        elif status != 409 or any(one.kind == "words" for one in press.form):
            yield f"answers {status}, and what was typed is gone"


def is_typed(press: Press, bad: dict[str, Any]) -> bool:
    return any(one.is_typed for name in bad for one in press.form.named(name))


def unsafe_in(reader: FormReader, answer: Any) -> Iterator[str]:
    for planted in (b"<b id=planted", b"<script>alert"):
        if planted in body_of(answer):
            yield f"shows {planted!r} as it is"
    for tag, attrs in reader.tags:
        for link in ("href", "action", "formaction", "src"):
            if attrs.get(link, "").strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
                yield f"has a {tag} that leads to {attrs[link][:30]}"


def decoded(value: Any) -> str:
    return squeezed(
        unicodedata.normalize("NFC", value.decode(errors="replace") if isinstance(value, bytes) else value)
    )


def changed(press: Press, bad: dict[str, Any], stored: str) -> Iterator[str]:
    """Text that was taken stands there as it was typed."""
    for name, value in bad.items():
        is_text = (
            any(one.kind == "words" for one in press.form.named(name)) and (press.route, name) not in READ
        )
        if is_text and decoded(value) not in stored:
            yield f"takes {name}, but stores something else"


def lost(press: Press, sent: dict[str, list[Any]], reader: FormReader) -> Iterator[str]:
    """Every field in which somebody typed has it still."""
    forms = [form for form in reader.forms if form.method == "post"]
    again = max(forms, key=lambda form: (press.is_of(form), len(form.names & press.form.names)), default=None)
    for one in filter(lambda one: one.name, press.form.typed):
        typed = decoded(sent[one.name][0])
        stands = [decoded(field.value) for field in (again.named(one.name) if again else [])]
        if one.type != "password" and typed and typed not in stands:
            yield f"loses what was typed in {one.name}: {ascii(stands)[:60]}"


def untold(reader: FormReader) -> Iterator[str]:
    """A field that is marked is described by what is wrong with it, or the summary of the form says it."""
    marked = [field for form in reader.forms for field in form if "aria-invalid" in field.attrs]
    described = {i for field in marked for i in field.attrs.get("aria-describedby", "").split()}
    summaries = [attrs for _tag, attrs in reader.tags if "error-summary" in attrs.get("class", "")]
    if missing := described - set(reader.texts):
        yield f"leads to a description that is not there: {missing}"
    if not summaries and not any(i.endswith("_error") and reader.texts.get(i, "").strip() for i in described):
        yield "is refused, and nothing says why"


@pytest.fixture
def account(db: None, frozen: Any) -> Account:
    return Account()


@pytest.mark.parametrize("noun", NOUNS)
def test_bad_input_is_told_or_taken_and_nothing_is_lost(noun: str, account: Account) -> None:
    found = []
    for press in account.presses(account.pages(noun)):
        for bad in tries(press):
            said = ", ".join(f"{name}={ascii(value)[:30]}" for name, value in bad.items())
            button = press.button.name if press.button else ""
            found += [
                f"{press.route} {button} {said}: {sentence}" for sentence in faults(account, press, bad)
            ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_valid_is_taken_so_that_the_refusals_prove_something(noun: str, account: Account) -> None:
    refused = []
    for press in account.presses(account.pages(noun), seen=set()):
        with account.undone():
            answer = account.send(press, press.values())
            if answer.status_code not in (200, 302) and press.route not in NOT_NOW:
                refused.append(f"{press.route} {press.page} {press.values()}: {answer.status_code}")
    assert not refused, "\n".join(refused)
