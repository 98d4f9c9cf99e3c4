"""Legal acts: what procedures stand on, kept once and named by many of them."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.canonical import sha256_hex
from catalogue.models.agency import Agency
from catalogue.text import normalise, sort_key


class LegalAct(models.Model):
    """An act that procedures name as their legal basis (D63 art. 8); versions keep its words."""

    number = models.CharField(
        _("number"), max_length=80, help_text=_("As it stands on the paper: 61/2018/NĐ-CP.")
    )
    title = models.TextField(_("title"), blank=True, help_text=_("What the act says it is about."))
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=255, blank=True)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="legal_acts",
        verbose_name=_("kept by"),
        help_text=_("The agency whose editors may change this entry."),
    )
    sort_key = models.CharField(max_length=700, editable=False, db_index=True)
    # An act is its words: a version says them as they were, so other words are another entry.
    identity = models.CharField(max_length=64, editable=False, unique=True)

    objects: ClassVar[models.Manager["LegalAct"]]

    class Meta:
        verbose_name = _("legal act")
        verbose_name_plural = _("legal acts")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store what follows from the act's words."""
        self.complete()
        super().save(*args, **kwargs)

    def complete(self) -> None:
        """Set what follows from the act's words; for acts that are stored in bulk."""
        self.sort_key = sort_key(f"{self.number} {self.title}")[:700]
        self.identity = act_identity(self.number, self.title, self.issued_on, self.issuer)


def act_identity(number: str, title: str, issued_on: date | str | None, issuer: str | None) -> str:
    """Return the hash by which an act of these words is known again.

    `issued_on` is a day or its ISO form.
    """
    return sha256_hex(
        [normalise(number), normalise(title), str(issued_on or ""), normalise(issuer or "")]
    )
