"""Texts of compiled forms in the language of the page."""

from django import template
from django.utils.translation import get_language

from catalogue.models import Agency
from formbuilder.definition import Text
from formbuilder.selectors.receiving_places import described_place
from formbuilder.wording import in_language

register = template.Library()


@register.filter
def spoken(text: Text) -> str:
    """Return a text of a compiled form in the language of the page."""
    return in_language(text, (get_language() or "vi")[:2])


@register.filter
def place(agency: Agency) -> str:
    """Return the place of a receiving agency with its province."""
    return described_place(agency)
