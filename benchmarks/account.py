"""Run for each scale in an environment of its own: makes the account, then tells where its pages are.

    python -m benchmarks.account 10

Prints one JSON object: the digest of the rows, the session, and for each page its address, status, bytes,
queries, the work they were, and the plans that read a whole table.
"""

import gzip
import json
import os
import sys
import time
from typing import Any


def main(scale: float) -> dict[str, Any]:
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import override_settings
    from django.utils import timezone

    from benchmarks import DAY, data
    from netjob.models import User

    call_command("serve", set_up_only=True, stdout=sys.stderr)
    owner = User.objects.create_user(email="seeker@example.org", name="Ada Seeker", time_zone="Europe/Berlin")
    owner.end_welcome(at=timezone.now())
    began = time.perf_counter()
    digest = data.fill(owner, scale=scale, on=DAY)
    seconds = round(time.perf_counter() - began, 1)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client(raise_request_exception=False)
        client.force_login(owner)
        return {
            "scale": scale,
            "digest": digest,
            "seconds": seconds,
            "session": client.cookies["session"].value,
            "pages": look(owner, client),
        }


def look(owner: Any, client: Any) -> dict[str, dict[str, Any]]:
    from benchmarks.pages import addresses
    from benchmarks.queries import recorded
    from benchmarks.targets import request_of

    found = {}
    for name, url in addresses(owner, client).items():
        path, headers = request_of(url)
        client.get(path, headers=headers)
        with recorded() as queries:
            answer = client.get(path, headers=headers)
        found[name] = {
            "url": url,
            "status": answer.status_code,
            "bytes": len(answer.content),
            "compressed": len(gzip.compress(answer.content, 6)),
            "queries": len(queries),
            "steps": sum(query.steps for query in queries),
            "scans": [{"sql": query.sql, "plan": scan} for query in queries for scan in query.scans()],
        }
    return found


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(float(sys.argv[1]))))
