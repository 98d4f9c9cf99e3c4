"""Codes that a procedure had before; printed papers and bookmarks still carry them."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models.procedure import CODE_PATTERN


class FormerCode(models.Model):
    """A code that now leads to another procedure."""

    code = models.CharField(
        _("former code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(CODE_PATTERN, _("A code looks like 1.004873."))],
    )
    procedure = models.ForeignKey(
        "catalogue.Procedure",
        models.CASCADE,
        related_name="former_codes",
        verbose_name=_("procedure"),
    )

    objects: ClassVar[models.Manager["FormerCode"]]

    class Meta:
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code
