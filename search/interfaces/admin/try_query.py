"""The test box: what becomes of a query, and why this order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.permissions import Permission, requires
from search.engines import IndexUnusableError
from search.enums import SynonymKind
from search.interfaces.admin.screen import frame, overview_crumb
from search.interfaces.admin.words import feature_label, field_label, role_label
from search.query import MAX_CHARS, clean
from search.selectors.explained import ExplainedQuery, explain_query
from search.selectors.promoted import promoted_for


@dataclass(frozen=True)
class Part:
    """One reason and how much it counts."""

    label: str
    amount: float


@require_safe
@requires(Permission.EDIT_SEARCH)
def try_query(request: HttpRequest) -> HttpResponse:
    """Show the steps that `?q=` goes through and the first ten answers with their scores."""
    q = clean(request.GET.get("q", ""))
    context = {"q": q, "longest": MAX_CHARS, **frame(_("Try a query"), overview_crumb())}
    if q:
        try:
            context |= _told(explain_query(q)) | {"promotions": promoted_for(q)}
        except IndexUnusableError:
            context |= {"is_unusable": True}
    return render(request, "search/admin/try.html", context)


def _told(explained: ExplainedQuery) -> dict[str, object]:
    """Return an explanation with its fields, roles and kinds in words."""
    kinds = dict(SynonymKind.choices)
    return {
        "explained": explained,
        "synonyms": [(each, kinds.get(each.entry.source, "")) for each in explained.synonyms],
        "left_out": [(each.said, role_label(each.role)) for each in explained.left_out],
        "terms": [(each.term, _parts(each.fields, field_label)) for each in explained.terms],
        "answers": [
            (each, _parts(each.ranking, feature_label), _parts(each.parts, field_label))
            for each in explained.answers
        ],
    }


def _parts(amounts: Iterable[tuple[str, float]], label: Callable[[str], str]) -> list[Part]:
    return [Part(label(name), amount) for name, amount in amounts]
