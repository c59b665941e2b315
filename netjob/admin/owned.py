"""A model in the admin as everybody gets it: their own rows, saved as the pages save them."""

from django import forms

from netjob.admin.lists import OwnList
from netjob.admin.tables import OwnTables


class OwnedAdmin(OwnTables, OwnList):
    """One model. What a class says in `fields` is written by the form; `kept` is shown, and written by verbs."""

    is_ours = True


class ToldOnly(OwnedAdmin):
    """Rows that other rows' forms and verbs write: here they can be looked at, and exported."""

    form = forms.ModelForm
    can_add = can_change = can_delete = can_import = False
