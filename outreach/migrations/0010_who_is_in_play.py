from django.db import migrations


def say_who_is_in_play(apps, schema_editor):
    """What `advance()` writes: whoever was written to from here is in play, also a connection that an import brought."""
    Message, Person = apps.get_model("outreach", "Message"), apps.get_model("contacts", "Person")
    typed = Message.objects.filter(direction="out", external_key="").exclude(kind="note").exclude(sent_on=None)
    Person.objects.filter(pk__in=typed.values("person"), in_play=False).update(in_play=True)


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0008_events_found'),
        ('outreach', '0009_who_was_asked'),
    ]

    operations = [migrations.RunPython(say_who_is_in_play, migrations.RunPython.noop)]
