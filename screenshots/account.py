"""Run in an environment of its own: loads the demo into a new account, then tells where its pages are.

Prints one JSON object: the session, and the address of each page by its name.
"""

import json
import os
import sys
from typing import Any

EMAIL = "ada@example.org"


def main() -> dict[str, Any]:
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import override_settings

    from netjob.models import User
    from screenshots.pages import addresses

    call_command("serve", set_up_only=True, stdout=sys.stderr)
    owner = User.objects.create_user(email=EMAIL, name="Ada", time_zone="Europe/Berlin")
    call_command("load_demo", owner=EMAIL, stdout=sys.stderr)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client(raise_request_exception=False)
        client.force_login(owner)
        return {"session": client.cookies["session"].value, "pages": addresses(owner, client)}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "netjob.settings")
    django.setup()
    sys.stdout.write(json.dumps(main()))
