"""Form widgets of the catalogue's editing screens."""

from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import BaseChooser


class HiddenKey(HiddenInput):
    """Carries the permanent key of a part through the editing screen."""


class LegalActChooser(BaseChooser):
    """Chooses a legal act from the list, or adds it there."""

    model = "catalogue.LegalAct"
    icon = "doc-full-inverse"
    chooser_modal_url_name = "legal_act_chooser:choose"
    choose_one_text = _("Choose a legal act")
    choose_another_text = _("Choose another legal act")
    link_to_chosen_text = _("Change this legal act")
