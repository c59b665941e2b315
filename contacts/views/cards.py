from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from contacts import exporting
from contacts.lists import PersonListing
from contacts.models import Person
from netjob.htmx import OwnedRequest
from netjob.views.lists import asked_for

VCARD = "text/vcard; charset=utf-8"


@require_GET
def person_card(request: OwnedRequest, pk: int) -> HttpResponse:
    people = Person.objects.owned_by(request.user).select_related("company").prefetch_related("keys")
    person = get_object_or_404(people, pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="person-{pk}.vcf"'}
    return HttpResponse(exporting.card(person), content_type=VCARD, headers=headers)


@require_GET
def people_cards_export(request: OwnedRequest) -> HttpResponseBase:
    """What the list shows, all of it, as one file."""
    listing = asked_for(request, PersonListing)
    name = f"{listing.file_name}-{request.today.isoformat()}.vcf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(exporting.cards(listing.exported()), content_type=VCARD, headers=headers)
