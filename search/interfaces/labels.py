"""What facets and their values are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.enums import Audience, ChannelKind, Level
from formbuilder.selectors.places import place_name
from search.document_values import BY_CASE, FREE, PAID, UNKNOWN
from search.name_table import AGENCY
from search.selectors.names import kept_names

# In the order in which a page offers them.
FACET_TITLES = {
    "level": gettext_lazy("Level"),
    "field": gettext_lazy("Field"),
    "agency": gettext_lazy("Publishing agency"),
    "audience": gettext_lazy("Who it is for"),
    "fee": gettext_lazy("Fee"),
    "channel": gettext_lazy("How to file"),
    "online": gettext_lazy("Level of the online service"),
    "province": gettext_lazy("Province"),
}
SORT_TITLES = {
    "": gettext_lazy("Best match"),
    "name": gettext_lazy("By name"),
    "newest": gettext_lazy("Newest in force"),
}
_LABELS: Mapping[str, Mapping[str, Any]] = {
    "level": dict(Level.choices),
    "audience": dict(Audience.choices),
    "channel": dict(ChannelKind.choices),
    "fee": {
        FREE: gettext_lazy("Free of charge"),
        PAID: gettext_lazy("With a fee"),
        BY_CASE: gettext_lazy("Depends on the case"),
        UNKNOWN: gettext_lazy("Not published"),
    },
}
# C32 art. 5; a higher level does all that a lower one does.
_ONLINE_LEVELS = {
    "1": gettext_lazy("Information only (level 1)"),
    "2": gettext_lazy("Forms to send in (level 2)"),
    "3": gettext_lazy("Fill in and send online (level 3)"),
    "4": gettext_lazy("All online, with payment and result (level 4)"),
}


def facet_label(facet: str, value: str) -> str:
    """Return a value of a facet in the reader's language; names stay as they are."""
    if facet == "online":
        return str(_ONLINE_LEVELS.get(value, _("Service level %(level)s") % {"level": value}))
    if facet == "province":
        return place_name(kept_names.current().name_of(AGENCY, value) or value)
    return str(_LABELS.get(facet, {}).get(value, value))
