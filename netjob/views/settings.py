from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netjob.forms import SettingsForm
from netjob.htmx import OwnedRequest
from netjob.models import User
from netjob.views.editing import edit_page


@require_http_methods(["GET", "POST"])
def settings(request: OwnedRequest) -> HttpResponse:
    # A fresh copy: an invalid form must not leave its values on the user that the page's frame shows.
    user = User.objects.get(pk=request.user.pk)
    here = reverse("netjob:settings")
    return edit_page(
        request,
        SettingsForm(request.POST or None, instance=user, here=here, country=request.GET.get("country")),
        title=_("Settings"),
        saved=_("Your settings are saved."),
        cancel=here,
        back=here,
        template="netjob/settings.html",
        fragments=["regions"],
    )
