"""Fields of administration, such as civil status."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.text import sort_key


class Field(models.Model):
    """A field of administration (lĩnh vực); its code follows C01 art. 20 where one is known."""

    code = models.CharField(_("code"), max_length=20, null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=255, unique=True)
    sort_key = models.CharField(max_length=700, editable=False, db_index=True)

    class Meta:
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the Vietnamese sort key with the name."""
        self.sort_key = sort_key(self.name)[:700]
        super().save(*args, **kwargs)

    @property
    def address_key(self) -> str:
        """Return what names the field in addresses: its code, else its number."""
        return self.code or str(self.pk)
