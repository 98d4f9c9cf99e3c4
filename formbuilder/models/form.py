"""Forms and their versions: what was asked, word for word, for as long as anybody answered it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue import clock
from catalogue.models import ProcedureVersion


class ServiceForm(models.Model):
    """The electronic form of a procedure (biểu mẫu điện tử), whatever its version."""

    procedure_code = models.CharField(_("code of the procedure"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def __str__(self) -> str:
        return self.procedure_code


class FormContent(models.Model):
    """The documents of a compiled form, named by their hash; never changed, shared when equal."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    definition = models.JSONField()
    data = models.JSONField()
    ui = models.JSONField()
    logic = models.JSONField()
    messages = models.JSONField()

    def __str__(self) -> str:
        return self.sha256


class FormVersion(models.Model):
    """The form that belongs to one version of a procedure, and takes effect with it."""

    form = models.ForeignKey(ServiceForm, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    # A version that is withdrawn before it takes effect takes its form along.
    procedure_version = models.OneToOneField(
        ProcedureVersion, models.CASCADE, related_name="form_version"
    )
    content = models.ForeignKey(FormContent, models.PROTECT, related_name="versions")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.form} v{self.number}"

    @property
    def sha256(self) -> str:
        """The hash that names the compiled documents."""
        return self.content_id

    @property
    def definition(self) -> dict[str, Any]:
        """What the author wrote."""
        return self.content.definition

    @property
    def data(self) -> dict[str, Any]:
        """The JSON Schema of the answers."""
        return self.content.data

    @property
    def ui(self) -> dict[str, Any]:
        """Pages, questions and their words."""
        return self.content.ui

    @property
    def logic(self) -> dict[str, Any]:
        """The checks that JSON Schema cannot express."""
        return self.content.logic

    @property
    def messages(self) -> dict[str, Any]:
        """The words for mistakes, by language, pointer and keyword."""
        return self.content.messages
