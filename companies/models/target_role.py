"""As what I want to work, and what else it is called."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy

from netjob.folding import folded
from netjob.ownership import OwnedModel, text_limits


class TargetRole(OwnedModel):
    """A job that I look for; its title and variants are what the searches look for."""

    DERIVED = ("folded_title",)

    title = models.CharField(gettext_lazy("title"), max_length=100)
    place = models.CharField(gettext_lazy("place"), max_length=100, blank=True)
    remote = models.BooleanField(gettext_lazy("remote work possible"), default=False)
    folded_title = models.CharField(max_length=200, editable=False)

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("target role")
        verbose_name_plural = gettext_lazy("target roles")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("targetrole_text", title=100, place=100, folded_title=200),
            models.UniqueConstraint("owner", "folded_title", name="targetrole_title"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def derive(self) -> None:
        self.folded_title = folded(self.title)[:200]

    def set_variants(self, titles: Iterable[str]) -> None:
        """Make these the variants, in this order; the title itself and repeats are left out."""
        seen, kept = {folded(self.title)}, []
        for title in titles:
            if folded(title) not in seen:
                seen.add(folded(title))
                kept.append(title)
        self.variants.exclude(title__in=kept).delete()
        standing = set(self.variants.values_list("title", flat=True))
        for title in kept:
            if title not in standing:
                TitleVariant.objects.create(owner=self.owner, role=self, title=title)

    def titles(self) -> list[str]:
        """The title and its variants: one search each, for LinkedIn answers a long OR with nothing."""
        return [self.title, *(variant.title for variant in self.variants.all())]


class TitleVariant(OwnedModel):
    role = models.ForeignKey(TargetRole, models.CASCADE, related_name="variants")
    title = models.CharField(gettext_lazy("title"), max_length=100)
    goes_unsaid = True

    class Meta(OwnedModel.Meta):
        verbose_name = gettext_lazy("title variant")
        verbose_name_plural = gettext_lazy("title variants")
        constraints = [
            *OwnedModel.Meta.constraints,
            text_limits("titlevariant_text", title=100),
            models.UniqueConstraint("role", "title", name="titlevariant_title"),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
