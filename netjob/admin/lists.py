"""A list of the admin: found by words, edited in place, and many rows changed by the acts of our own lists."""

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR, Action, ActionLocation, IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from netjob.admin.forms import ListForm
from netjob.admin.verbs import Verb, change_of_fields, deletion_of, page_to_choose, within_reach
from netjob.admin.whose import OwnRows
from netjob.bulk import Act
from netjob.lists import Listing

LONGEST_SEARCH = 100
MOST_WORDS = 12


class OwnChangeList(ChangeList):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = str(capfirst(getattr(self.model_admin, "called", "") or self.opts.verbose_name_plural))

    def get_filters_params(self, params: Any = None) -> Any:
        found = super().get_filters_params(params)
        if any("\0" in value for values in found.values() for value in values):
            raise IncorrectLookupParameters  # PostgreSQL would say so only when the rows are read
        return found

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = self.result_list.defer(*self.model_admin.list_defer)  # type: ignore[attr-defined]


class OwnList(OwnRows):
    list_per_page = 100
    list_max_show_all = 200
    list_defer: ClassVar[Any] = ()
    actions: Any = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    called: str | Promise = ""
    """What the list is called, if not by the name of its rows."""
    listing: type[Listing] | None = None
    """Our own list of these rows, which knows what an act has to look at."""
    acts: tuple[Act, ...] = ()
    bulk_fields: ClassVar[Any] = ()
    """What the act "Change a field" offers: nothing that other columns or rows are derived from."""
    search_through: ClassVar[Any] = ()
    """Links that are searched by what they know of themselves: their QuerySet has `matching()`."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OwnChangeList

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        term = search_term.replace("\0", " ")[:LONGEST_SEARCH]
        if hasattr(queryset, "matching"):
            return queryset.matching(term), False
        links: dict[str, Any] = {
            name: self.opts.get_field(name).remote_field.model  # type: ignore[union-attr]
            for name in self.search_through
        }
        for word in term.split()[:MOST_WORDS]:
            found = Q()
            for name in self.search_fields:
                found |= Q(**{f"{name}__icontains": word})
            for name, model in links.items():
                found |= Q(**{f"{name}__in": model.objects.filter(owner=request.user.pk).matching(word)})
            queryset = queryset.filter(found)
        return queryset, False

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form: Any = super().get_changelist_form(request, **{"form": ListForm, **kwargs})
        form.request = request
        return form

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        request.act = uuid.uuid4()
        if (chosen := _many_chosen(request)) is not None:
            if not chosen:
                self.message_user(request, _("Tick those that you mean first."), "warning")
                return redirect(request.get_full_path())
            request.POST = request.POST.copy()
            request.POST.setlist(ACTION_CHECKBOX_NAME, chosen)
        response = super().changelist_view(request, extra_context)
        if request.method == "POST" and isinstance(response, TemplateResponse) and not response.is_rendered:
            invalid = getattr((response.context_data or {}).get("cl"), "formset", None)
            response.status_code = 422 if invalid else response.status_code
        return response

    # Many rows

    def get_actions(
        self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        if action_location != ActionLocation.CHANGE_LIST or IS_POPUP_VAR in request.GET:
            return {}
        return {
            act.name: Action(Verb(act), act.name, str(act.label), str(act.label), [action_location])
            for act in self.all_acts()
        }

    def get_action_choices(
        self, request: Any, default_choices: Any = None, action_location: Any = ActionLocation.CHANGE_LIST
    ) -> Any:
        ask = [("", _("With those that are ticked…"))]
        return super().get_action_choices(request, default_choices or ask, action_location=action_location)

    def all_acts(self) -> Iterator[Act]:
        known = {act.name for act in self.acts}
        yield from self.acts
        if self.bulk_fields:
            yield change_of_fields(self)
        if self.can_delete and "deletion" not in known:
            yield deletion_of(self)

    def of_an_act(self, rows: Any) -> Any:
        """Whole, and with what an act looks at."""
        return self.listing.of_an_act(rows) if self.listing else self.loaded(rows)

    def response_action(self, request: Any, queryset: Any, *args: Any, **kwargs: Any) -> HttpResponse | None:
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(pk.isdecimal() for pk in chosen):
            raise Http404
        if request.POST.getlist("action") in ([], [""]):
            rows = within_reach(self, request, queryset.filter(pk__in=chosen))
            return page_to_choose(self, request, rows) if rows else None
        return super().response_action(request, queryset, *args, **kwargs)


def _many_chosen(request: HttpRequest) -> list[str] | None:
    """The keys of the rows that an act is meant for; None where the list is not asked for an act."""
    sent = request.POST
    if request.method != "POST" or "_save" in sent or not {"index", "rows", ACTION_CHECKBOX_NAME} & {*sent}:
        return None
    more = [pk for pk in sent.get("rows", "").split(",") if pk]
    return [*sent.getlist(ACTION_CHECKBOX_NAME), *more]
