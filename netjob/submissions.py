"""One transaction for one act, and a form that is sent twice acts once.

Every signed-in POST runs in one transaction, which is rolled back when the answer is an error: a view
that refuses cannot have written. A form carries a key (`{% submission_key %}`), stored with its answer in
that same transaction: a replay gets the stored answer, another body under the same key is refused.
"""

import hashlib
import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from netjob.models import Change, Submission
from netjob.views import errors

FIELD = "submission"


def in_slices[View: Callable[..., HttpResponse]](view: View) -> View:
    """A view that commits as it goes, and that sending again takes further: no transaction around it, no key."""
    view.commits_in_slices = True  # type: ignore[attr-defined]
    return view


def _commits_in_slices(request: HttpRequest) -> bool:
    try:
        return getattr(resolve(request.path_info).func, "commits_in_slices", False)
    except Resolver404:
        return False


class SubmissionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated or _commits_in_slices(request):
            return self.get_response(request)
        with transaction.atomic():
            # On PostgreSQL a failed statement spoils all that follow, the page that tells of it too.
            request.before_the_act = transaction.savepoint_create()  # type: ignore[attr-defined]
            response = self._answer(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            key = uuid.UUID(request.POST.get(FIELD, ""))
        except ValueError:
            return self.get_response(request)
        # On PostgreSQL a second sender waits here for the first, on SQLite at the start of its transaction.
        submission, is_new = Submission.objects.get_or_create(
            owner_id=request.user.pk, key=key, defaults={"fingerprint": fingerprint(request)}
        )
        if not is_new:
            return self._replay(request, submission)
        response = self.get_response(request)
        if response.status_code in (204, 301, 302, 303):
            submission.status = response.status_code
            submission.location = response.headers.get("Location", "")
            submission.save()
            self._tidy(request)
        elif response.status_code < 400:
            # Nothing was done yet (a preview): the key stays free for the next try. What was refused is
            # rolled back, and its key with it.
            submission.delete()
        return response

    def _tidy(self, request: HttpRequest) -> None:
        """Forget in passing what its owner can neither send again nor undo any more."""
        for model in (Submission, Change):
            model.objects.filter(owner=request.user.pk, at__lt=request.now - model.KEPT).delete()  # type: ignore[attr-defined]

    def _replay(self, request: HttpRequest, submission: Submission) -> HttpResponse:
        if submission.fingerprint != fingerprint(request):
            sentence = _("This form was sent before with other words. Reload the page and send it again.")
            return errors.refused(request, sentence, status=422)
        if submission.location:
            return HttpResponseRedirect(submission.location)
        return HttpResponse(status=submission.status)


def fingerprint(request: HttpRequest) -> str:
    """What was sent and where to, without the CSRF token, which changes with each page."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, file.size) for name, files in request.FILES.lists() for file in files)
    return hashlib.sha256(repr((request.path, sent, files)).encode()).hexdigest()
