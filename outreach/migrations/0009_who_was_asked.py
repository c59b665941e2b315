from django.db import migrations
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

FOUND, ASKED = 0, 1
ONLY_PEOPLE, COMPANY_ASKED = 1, 2


def say_who_was_asked(apps, schema_editor):
    """What `advance()` and `recount()` write: here for those who were there before it was kept."""
    Company, Person = apps.get_model("companies", "Company"), apps.get_model("contacts", "Person")
    Request, Message, Conversation, Referral = (
        apps.get_model("outreach", name) for name in ("Request", "Message", "Conversation", "Referral")
    )
    asked = Request.objects.exclude(state="draft")
    wrote = Q(pk__in=asked.values("person")) | Q(
        pk__in=Message.objects.filter(direction="out").exclude(sent_on=None).values("person")
    )
    talks = Conversation.objects.all()
    referred = Q(pk__in=Referral.objects.filter(state="given").values("person"))
    Person.objects.filter(wrote | Q(pk__in=talks.values("person")) | referred).update(was_asked=True)

    took_it = Q(accepted_on__isnull=False) | Q(state="answered")
    connected_later = asked.filter(person=OuterRef("pk"), sent_on__lte=OuterRef("connected_on"))
    replies = Message.objects.filter(direction="in").exclude(reply_kind__in=["negative", "out_of_office"])
    answered = (
        Q(pk__in=asked.filter(took_it).values("person"))
        | Q(pk__in=connected_later.values("person"))
        | Q(pk__in=replies.values("person"))
        | Q(pk__in=talks.filter(state__in=["scheduled", "held"]).values("person"))
        | referred
    )
    Person.objects.filter(answered, was_asked=True).update(has_answered=True)
    Person.objects.filter(was_asked=True, stage=FOUND).update(stage=ASKED)

    def count(**which):
        people = Person.objects.filter(company=OuterRef("pk"), **which).order_by().values("company")
        return Coalesce(Subquery(people.annotate(n=Count("pk")).values("n")), 0)

    Company.objects.update(asked_count=count(was_asked=True), answered_count=count(has_answered=True))
    Company.objects.filter(stage=ONLY_PEOPLE, asked_count__gt=0).update(stage=COMPANY_ASKED)


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0006_answered_count'),
        ('contacts', '0007_was_asked'),
        ('outreach', '0008_ask_whom_they_know'),
    ]

    operations = [migrations.RunPython(say_who_was_asked, migrations.RunPython.noop)]
