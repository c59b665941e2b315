from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netjob.forms import SettingsForm
from netjob.htmx import OwnedRequest, page
from netjob.models import User


@require_http_methods(["GET", "POST"])
def settings(request: OwnedRequest) -> HttpResponse:
    # A fresh copy: an invalid form must not leave its values on the user that the page's frame shows.
    user = User.objects.get(pk=request.user.pk)
    form = SettingsForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your settings are saved."))
        return redirect("netjob:settings")
    return page(request, "netjob/settings.html", {"form": form}, status=422 if form.is_bound else 200)
