import datetime as dt

from netjob.forms import OnForm
from netjob.htmx import OwnedRequest
from netjob.ownership import Refused


def day_of(request: OwnedRequest, default: dt.date | None = None) -> dt.date:
    """The day `on` that came with a button: `default`, or today, where none was chosen. Raises Refused."""
    form = OnForm(request.POST, today=request.today)
    if not form.is_valid():
        raise Refused(str(form.errors["on"][0]))
    chosen: dt.date = form.cleaned_data["on"]
    return chosen if request.POST.get("on") or default is None else default
