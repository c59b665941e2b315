"""What a browser asks for to install netjob as an app of its own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

PAPER = "#f7f5f1"
"""`--paper` of the light theme; the theme-color of each page says it for the dark one too."""


@login_not_required  # browsers ask for it without cookies; it says nothing of anybody
@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest. Nothing is kept for offline use: the pages are personal."""
    places = [
        (_("Today"), "outreach:today"),
        (_("Companies"), "companies:company_list"),
        (_("People"), "contacts:person_list"),
        (_("Conversations"), "outreach:conversation_list"),
    ]
    told = {
        "id": "/",
        "name": "netjob",
        "short_name": "netjob",
        "description": _("Getting interviews through networking: from the first company to the referral."),
        "start_url": reverse("outreach:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static("icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("icon-maskable.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
            {"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
        # What is shared with netjob (a profile, from the LinkedIn app) opens a form; a GET, so nothing is written.
        "share_target": {
            "action": reverse("contacts:capture"),
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
        "shortcuts": [{"name": name, "url": reverse(route)} for name, route in places],
    }
    return JsonResponse(told, content_type="application/manifest+json")
