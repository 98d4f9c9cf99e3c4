"""The audit trail: who did what to which object, for which agency."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock


class AuditEntry(models.Model):
    """One recorded act; it keeps no foreign key, so nothing that it names can take it along."""

    at = models.DateTimeField(_("when"), default=clock.now, db_index=True)
    year = models.PositiveSmallIntegerField()
    user_id = models.BigIntegerField(_("who"), null=True)
    user_name = models.CharField(_("name"), max_length=200, blank=True)
    action = models.CharField(_("act"), max_length=60)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=60)
    agency_code = models.CharField(_("agency"), max_length=35, blank=True, db_index=True)
    before_hash = models.CharField(max_length=64, blank=True)
    after_hash = models.CharField(max_length=64, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_type} {self.object_id}"
