from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0002_one_open_at_a_time")]

    # The expression of a generated column cannot be altered: it goes and comes, with its index.
    operations = [
        migrations.RemoveIndex("conversation", "conversation_past"),
        migrations.RemoveField("conversation", "ended_on"),
        migrations.AddField(
            "conversation",
            "ended_on",
            models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(state="held", then=models.F("held_on")),
                    models.When(state="no_show", then=models.F("no_show_on")),
                    models.When(state="cancelled", then=models.F("cancelled_on")),
                ),
                null=True,
                output_field=models.DateField(),
            ),
        ),
        migrations.AddIndex(
            "conversation",
            models.Index(
                models.F("owner"),
                models.F("ended_on").desc(),
                models.F("id").desc(),
                name="conversation_past",
            ),
        ),
    ]
