"""Dossiers: what an agency has to answer."""

from dataclasses import fields
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from catalogue.clock import local
from catalogue.models import Agency, ProcedureVersion
from onestop.enums import DossierState
from onestop.models.calendar import WorkingCalendar
from onestop.process import Standing


class Dossier(models.Model):
    """One application at one agency (D61 art. 17); its events are the truth, columns cache them."""

    submission = models.OneToOneField(
        "formbuilder.Submission",
        models.PROTECT,
        related_name="dossier",
        verbose_name=_("submission"),
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="dossiers", verbose_name=_("receiving agency")
    )
    procedure_code = models.CharField(_("procedure"), max_length=40, db_index=True)
    # As it was called when the dossier was filed; lists need it without the whole document.
    procedure_name = models.TextField(_("name of the procedure"))
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    applicant_name = models.CharField(_("applicant"), max_length=255)
    # Folded name: the form in which officers type it (no marks, lower case).
    applicant_key = models.CharField(max_length=255, editable=False)

    code = models.CharField(  # noqa: DJ001  unique, and absent until reception
        _("dossier code"), max_length=50, null=True, unique=True
    )
    state = models.CharField(_("state"), max_length=12, choices=DossierState)
    submitted_at = models.DateTimeField(_("submitted on"))
    received_at = models.DateTimeField(_("received on"), null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    due_stated = models.BooleanField(_("due date stated by the officer"), default=False)
    calendar = models.ForeignKey(WorkingCalendar, models.PROTECT, null=True, related_name="+")
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["Dossier"]] = ScopedManager(agency="agency")
    _default_manager: ClassVar[models.Manager["Dossier"]]  # ScopedManager has no type

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__isnull=True, received_at__isnull=True, due_at__isnull=True)
                | Q(code__isnull=False, received_at__isnull=False, due_at__isnull=False),
                name="dossier_code_with_reception_and_due_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "submitted_at"],
                name="dossier_waiting",
                condition=Q(state=DossierState.SUBMITTED),
            ),
            models.Index(
                fields=["agency", "due_at"],
                name="dossier_due",
                condition=Q(state=DossierState.RECEIVED),
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.submission.number

    @property
    def due_on(self) -> date | None:
        """The day on which the result is due, in Vietnam."""
        return local(self.due_at).date() if self.due_at else None

    @property
    def standing(self) -> Standing:
        """What the columns cache of the events."""
        return Standing(**{field.name: getattr(self, field.name) for field in fields(Standing)})
