"""Who may come in: the first visitor becomes the owner, then the door closes (NETJOB_SIGNUP opens it)."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from netjob import env
from netjob.models import User


def is_first_visit() -> bool:
    return not User.objects.exists()


def needs_token() -> bool:
    """On a public address a stranger could be the first visitor, so the log holds a token for the owner."""
    return settings.ENV.is_public and is_first_visit()


def is_right_token(token: str) -> bool:
    return constant_time_compare(token.strip(), _token())


def setup_link() -> str:
    """The address of the first visit, for the log; empty once there is an owner."""
    if not is_first_visit():
        return ""
    link = settings.ENV.url + reverse("account_signup")
    return f"{link}?token={_token()}" if settings.ENV.is_public else link


def _token() -> str:
    return env.kept_secret(settings.ENV.data / "first-visit-token", lambda: secrets.token_urlsafe(20))


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if settings.ENV.signup == "first":
            return is_first_visit()
        return settings.ENV.signup == "open"

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new account; the first becomes founder and superuser.

        Two first visitors at once: the unique founder lets one in, the other is refused.
        """
        self._let_in(request, form)
        user.name = form.cleaned_data["name"]
        user.time_zone = form.cleaned_data["time_zone"] or user.time_zone
        if is_first_visit():
            user.is_founder = user.is_superuser = user.is_staff = True
        user = super().save_user(request, user, form, commit)
        if commit:
            user.furnish()
            (settings.ENV.data / "first-visit-token").unlink(missing_ok=True)
        return user

    def _let_in(self, request: HttpRequest, form: Any) -> None:
        """Look at the door once more: it may have closed, or asked for a token, since the form was made."""
        token = form.cleaned_data.get("token", "")
        if not self.is_open_for_signup(request) or (needs_token() and not is_right_token(token)):
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html"))
