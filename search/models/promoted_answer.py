"""Answers that editors put above the results for a time."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.models.dated import EditorsRow, EditorsRows


class PromotedAnswer(EditorsRow):
    """What stands in a marked box above the results of certain queries."""

    phrases = models.TextField(
        _("queries"),
        help_text=_(
            "Words in a query that bring up the answer, one phrase per line, for example “nghỉ"
            " tết”. Accents and capitals make no difference."
        ),
    )
    answers = models.TextField(
        _("answers"),
        help_text=_(
            "One per line: the code of a procedure, or an address of this site followed by its"
            " words, for example “/linh-vuc Mọi lĩnh vực”."
        ),
    )
    message = models.CharField(
        _("message"),
        max_length=300,
        blank=True,
        help_text=_("A sentence to readers above the answers; it may stay empty."),
    )
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("Why it stands there; only editors see it."),
    )

    objects: ClassVar[EditorsRows["PromotedAnswer"]] = EditorsRows.as_manager()  # type: ignore[assignment]

    class Meta(EditorsRow.Meta):
        verbose_name = _("promoted answer")
        verbose_name_plural = _("promoted answers")
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return ", ".join(self.phrases.splitlines())
