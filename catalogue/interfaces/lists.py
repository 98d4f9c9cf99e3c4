"""Pages that list procedures, and those of the agencies and fields that have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.enums import Level
from catalogue.interfaces.kept_pages import same_for_everyone
from catalogue.interfaces.list_facets import (
    letter_options,
    list_facets,
    selected_options,
    standing_options,
)
from catalogue.interfaces.list_parameters import PARAMETERS, ListParameters, read_list_parameters
from catalogue.models import ProcedureVersion
from catalogue.permissions import public
from catalogue.selectors.listing import (
    ListedVersion,
    Narrowing,
    listed_versions,
    listing,
    rows_of,
)
from catalogue.selectors.places import agency_branches, agency_facts, fields_by_letter, find_field
from catalogue.selectors.procedures import Standing
from catalogue.wording import fee_summary, time_summary

PER_PAGE = 20
# On the page of a field, before the whole list is offered.
PER_OVERVIEW = 10
# Different times or fees of one procedure that a card tells; more are on its page.
MOST_WORDS = 3


@dataclass(frozen=True)
class ListRow:
    """One procedure of a list with its facts in words."""

    version: ProcedureVersion
    levels: Sequence[str]
    time: str
    fee: str
    # The day on which it is to be read where that is not today, and why.
    day: date | None = None
    note: str = ""


class ListPaginator(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, asked: ListParameters) -> None:
        super().__init__([], PER_PAGE)
        self.asked = asked

    @cached_property
    def count(self) -> int:
        """Return how many procedures the list holds."""
        return self.asked.listing.total(self.asked.narrowing)

    def page(self, number: Any) -> Page[ListedVersion]:
        """Return a page with only its own rows read."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        listed = self.asked.listing
        versions = listed_versions(self.asked.narrowing, listed.standing, listed.day)
        return Page(rows_of(versions, start, start + self.per_page), number, self)


@public
@require_safe
@same_for_everyone(*PARAMETERS)
def procedure_list(request: HttpRequest) -> HttpResponse:
    """List the procedures in force, narrowed by agency, field, level, audience or letter."""
    asked = read_list_parameters(request.GET)
    page = ListPaginator(asked).get_page(request.GET.get("page"))
    facets = list_facets(asked, request.GET)
    letters = letter_options(asked, request.GET)
    context = {
        "asked": asked,
        "total": page.paginator.count,
        "page": page,
        "rows": [list_row(listed, asked.listing.standing) for listed in page],
        "facets": facets,
        "letters": letters,
        "standings": standing_options(asked, request.GET),
        "selected": selected_options(facets, letters),
    }
    return render(request, "catalogue/lists/procedures.html", context)


@public
@require_safe
@same_for_everyone()
def agency_list(request: HttpRequest) -> HttpResponse:
    """List the agencies that publish procedures, each under the one above it."""
    return render(request, "catalogue/lists/agencies.html", {"branches": agency_branches()})


@public
@require_safe
@same_for_everyone()
def agency_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show an agency: what it publishes by field, its newest decisions, what is known of it."""
    facts = agency_facts(code)
    if facts is None:
        raise Http404(_("There is no agency with this code."))
    context = {
        "facts": facts,
        "agency": facts.agency,
        "narrowed": f"?{urlencode({'agency': facts.agency.code})}",
    }
    return render(request, "catalogue/lists/agency.html", context)


@public
@require_safe
@same_for_everyone()
def field_list(request: HttpRequest) -> HttpResponse:
    """List the fields that have procedures in force, by letter."""
    return render(request, "catalogue/lists/fields.html", {"letters": fields_by_letter()})


@public
@require_safe
@same_for_everyone()
def field_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a field: who publishes procedures of it, and the first of them by name."""
    listed = listing()
    field = find_field(key)
    if field is None:
        raise Http404(_("There is no such field with procedures in force."))
    narrowing = Narrowing(field=field.pk)
    agencies = listed.counts("agency", narrowing)
    context = {
        "field": field,
        "narrowed": f"?{urlencode({'field': field.address_key})}",
        "total": listed.total(narrowing),
        "agencies": [(listed.agencies[pk], count) for pk, count in agencies.most_common()],
        "rows": [list_row(row) for row in rows_of(listed_versions(narrowing), 0, PER_OVERVIEW)],
    }
    return render(request, "catalogue/lists/field.html", context)


def list_row(listed: ListedVersion, standing: Standing = Standing.IN_FORCE) -> ListRow:
    """Return a version as a list of a `standing` shows it."""
    version, document = listed.version, {"channels": listed.channels}
    levels = dict(Level.choices)
    return ListRow(
        version=version,
        levels=[str(levels.get(name, name)) for name in version.levels.split("|") if name],
        time=_joined(time_summary(document)),
        fee=_joined(fee_summary(document)),
        day=version.valid_from if standing is Standing.UPCOMING else None,
        note=_note(version, standing),
    )


def _note(version: ProcedureVersion, standing: Standing) -> str:
    """Return from or until when a version holds that does not hold today."""
    match standing:
        case Standing.UPCOMING:
            return _("In force from %(day)s") % {"day": _shown(version.valid_from)}
        case Standing.ENDED:
            return _("No longer in force since %(day)s") % {"day": _shown(version.valid_to)}
    return ""


def _shown(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _joined(words: Sequence[str]) -> str:
    """Return different times or fees in one line, the first of them if they are many."""
    return "; ".join(words[:MOST_WORDS]) + ("…" if len(words) > MOST_WORDS else "")
