"""Rules of law that carry a number or another value, with the time in which they apply."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Rule(models.Model):
    """One value of one rule for one period, with the article it comes from."""

    key = models.CharField(_("key"), max_length=100)
    value = models.JSONField(_("value"))
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(
        _("until"), null=True, blank=True, help_text=_("First day on which it no longer applies.")
    )
    article = models.CharField(_("article"), max_length=200)
    text_seen = models.BooleanField(
        _("text seen"),
        default=False,
        help_text=_("Whether the text of the article itself was read, not only reports of it."),
    )
    label = models.CharField(_("what it says"), max_length=300, blank=True)
    label_en = models.CharField(_("what it says, in English"), max_length=300, blank=True)
    # Loaded rows are refreshed by the next release; a row edited here is kept.
    edited = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("rule of law")
        verbose_name_plural = _("rules of law")
        ordering = ["key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="rule_one_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="rule_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
