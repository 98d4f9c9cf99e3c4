"""What fields of the index, reasons of an order and roles of phrases are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_FIELDS: Mapping[str, Any] = {
    "name": _("name of the procedure"),
    "name_pairs": _("neighbouring words of the name"),
    "name_accented": _("name with its accents"),
    "alias": _("keywords"),
    "alias_pairs": _("neighbouring words of keywords"),
    "results": _("results"),
    "results_pairs": _("neighbouring words of results"),
    "documents": _("papers"),
    "body": _("rest of the text"),
    "title": _("query is the whole name"),
    "code": _("code of the procedure"),
    "level": _("level of government"),
}
_FEATURES: Mapping[str, Any] = {
    "engine": _("points of the text"),
    "query_covered": _("words of the query in the name"),
    "query_together": _("words of the query side by side in the name"),
    "name_covered": _("words of the name in the query"),
    "name_together": _("words of the name side by side in the query"),
    "pairs": _("neighbouring words of the query in the name"),
    "accents": _("the same accents"),
    "early": _("at the beginning of the name"),
    "asked_level": _("level that the query names"),
    "commune": _("commune level"),
    "province": _("province level"),
    "ministry": _("ministry level"),
    "person": _("for persons"),
    "organisation": _("for organisations"),
}
_ROLES: Mapping[str, Any] = {
    "subject": _("who asks"),
    "want": _("wish"),
    "where": _("asks for a place"),
    "papers": _("asks for papers"),
    "time": _("asks for time"),
    "money": _("asks for money"),
    "condition": _("condition"),
    "courtesy": _("courtesy"),
    "self": _("word for procedures"),
    "joining": _("joining word"),
    "level": _("level of government"),
}
_MARKS: Mapping[str, Any] = {
    "[identity number]": _("[number of a paper]"),
    "[phone]": _("[telephone number]"),
    "[number]": _("[long number]"),
}


def marks_in_words(text: str) -> str:
    """Return a kept query with the marks of masked numbers in the editor's language."""
    for mark, label in _MARKS.items():
        text = text.replace(mark, str(label))
    return text


def field_label(name: str) -> str:
    """Return a field of the index in words, or its name where there are none."""
    return str(_FIELDS.get(name, name))


def feature_label(name: str) -> str:
    """Return a reason of the order in words, or its name where there are none."""
    return str(_FEATURES.get(name, name))


def role_label(role: str) -> str:
    """Return the role of a phrase around a need in words, or its name where there are none."""
    return str(_ROLES.get(role, role))
