"""The append-only history of every dossier."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from onestop.chain import Link
from onestop.enums import EventKind
from onestop.models.dossier import Dossier


class AppendOnly(Exception):
    """Somebody tried to change or remove what was recorded."""


class AppendOnlyQuerySet(models.QuerySet["DossierEvent"]):
    """Rows that are only ever added."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Recorded events are never changed.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Recorded events are never removed.")


class DossierEvent(models.Model):
    """One thing that happened to a dossier, chained to the one before by its hash.

    Nothing points to an event and it carries the year, so that the table can be partitioned.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(_("what"), max_length=24, choices=EventKind)
    at = models.DateTimeField(_("when"))
    year = models.PositiveSmallIntegerField()
    # The chain covers the key of the person and outlives the account.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    prev_hash = models.CharField(max_length=64, blank=True)
    payload_hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["DossierEvent"]] = ScopedManager(
        agency="dossier__agency",
        _manager_class=models.Manager.from_queryset(AppendOnlyQuerySet),
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering = ["dossier", "seq"]
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.seq} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event; an event that is stored already raises `AppendOnly`."""
        if not self._state.adding:
            raise AppendOnly("Recorded events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnly("Recorded events are never removed.")

    @property
    def link(self) -> Link:
        """The part that the chain covers."""
        return Link(
            dossier=self.dossier_id,
            seq=self.seq,
            kind=self.kind,
            at=self.at,
            by=self.by_id,
            prev_hash=self.prev_hash,
            payload_hash=self.payload_hash,
        )


class EventPayload(models.Model):
    """The content of one event and the salt of its hash; both are erased together."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    salt = models.CharField(max_length=64)
    payload = models.JSONField()

    objects: ClassVar[models.Manager["EventPayload"]] = ScopedManager(agency="dossier__agency")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="payload_seq_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.seq}"
