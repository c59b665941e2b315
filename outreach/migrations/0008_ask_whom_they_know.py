from django.db import migrations
from django.db.migrations.recorder import MigrationRecorder

SHIPPED_SINCE = ("outreach", "0005_led_by")
"""What came with the template: accounts that began before it was applied never had it; later ones did."""
KIND, NAME = "introduction_request", "Ask whom they know at a company"
SUBJECT = "Do you know somebody at <company>?"
BODY = (
    "Hi <introducer>, I’m looking into work as a <my role>, and <company> is high on my list. I’d ask for 15 "
    "to 20 minutes and a few questions, no more; if you’d rather not, that is quite all right. Is there "
    "somebody there whom you know well enough to introduce us?"
)


def give_to_earlier_accounts(apps, schema_editor):
    """Those who threw it away had it, and do not get it again."""
    app, name = SHIPPED_SINCE
    recorded = MigrationRecorder(schema_editor.connection).migration_qs.filter(app=app, name=name)
    since = recorded.values_list("applied", flat=True).first()
    if since is None:
        return
    template = apps.get_model("outreach", "MessageTemplate")
    having = template.objects.filter(kind=KIND, name=NAME).values("owner")
    owners = apps.get_model("netjob", "User").objects.filter(date_joined__lt=since).exclude(pk__in=having)
    template.objects.bulk_create(
        [
            template(owner_id=pk, kind=KIND, name=NAME, subject=SUBJECT, body=BODY)
            for pk in owners.values_list("pk", flat=True)
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("netjob", "0004_imports"),
        ("outreach", "0007_requests_joined"),
    ]

    operations = [
        migrations.RunPython(give_to_earlier_accounts, migrations.RunPython.noop),
    ]
