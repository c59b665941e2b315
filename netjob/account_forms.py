"""The forms of the doors, in our spelling."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext as _


class OurSpellingMixin(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = _("E-mail")
            self.fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(OurSpellingMixin, allauth_forms.LoginForm):
    pass


class AddEmailForm(OurSpellingMixin, allauth_forms.AddEmailForm):
    pass


class ResetPasswordForm(OurSpellingMixin, allauth_forms.ResetPasswordForm):
    pass
