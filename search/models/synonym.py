"""Synonyms that editors add to those of the product."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.enums import SynonymKind
from search.models.dated import EditorsRow, EditorsRows


class Synonym(EditorsRow):
    """One way: what readers say, and the official wordings that they mean.

    It replaces an entry of the product that says the same; without a meaning it switches that
    entry off. `rank_without` and `rank_with` are the places of the expected procedure for the test
    query when it was last tried, or None behind the tenth.
    """

    says = models.CharField(
        _("readers say"),
        max_length=100,
        help_text=_("As people say it, with accents, for example “bằng lái” or “CCCD”."),
    )
    means = models.TextField(
        _("official texts say"),
        blank=True,
        help_text=_(
            "Words of official texts, each wording on a line of its own. Empty switches off the"
            " entry of the product that says the same."
        ),
    )
    weight = models.DecimalField(
        _("weight"),
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.05")), MaxValueValidator(Decimal(1))],
        help_text=_("How much the meaning counts beside a typed word: 1 as much, 0.5 half of it."),
    )
    source = models.CharField(
        _("kind"),
        max_length=20,
        choices=SynonymKind,
        default=SynonymKind.SPEECH,
        help_text=_("Why readers say something else than the official texts."),
    )
    replaces = models.BooleanField(
        _("in place of what was typed"),
        default=False,
        help_text=_("Tick when the typed words mean something else in official texts."),
    )
    accented = models.BooleanField(
        _("only with accents"),
        default=False,
        help_text=_("Tick when it looks like another common word without its accents."),
    )
    query = models.CharField(
        _("test query"),
        max_length=200,
        help_text=_("What a reader would type, for example “đổi bằng lái xe máy”."),
    )
    finds = models.CharField(
        _("procedure that must be found"),
        max_length=40,
        help_text=_("The code of the procedure that the test query must lead to."),
    )
    rank_without = models.PositiveSmallIntegerField(null=True, editable=False)
    rank_with = models.PositiveSmallIntegerField(null=True, editable=False)

    objects: ClassVar[EditorsRows["Synonym"]] = EditorsRows.as_manager()  # type: ignore[assignment]

    class Meta(EditorsRow.Meta):
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["says", "pk"]

    def __str__(self) -> str:
        return f"{self.says} → {', '.join(self.wordings) or '∅'}"

    @property
    def wordings(self) -> list[str]:
        """The official wordings, each an alternative."""
        return [line.strip() for line in self.means.splitlines() if line.strip()]
