"""Form widgets of the catalogue's editing screens."""

from django.forms import HiddenInput


class HiddenKey(HiddenInput):
    """Carries the permanent key of a part through the editing screen."""
