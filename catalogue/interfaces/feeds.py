"""The feed of changes for people and their feed readers (Atom)."""

from datetime import datetime
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue import clock
from catalogue.enums import DecisionAction
from catalogue.interfaces.conditional import with_etag
from catalogue.models import Agency, Field
from catalogue.permissions import public
from catalogue.selectors.change_feed import Act, ToldChange, newest_changes
from catalogue.selectors.places import find_agency, find_field

ENTRIES = 50
# Entries of a feed with nothing in it: it has to say when it changed (RFC 4287, 4.2.15).
NEVER = datetime(2018, 10, 30, tzinfo=clock.LOCAL_TZ)


class ChangeFeed(Atom1Feed):
    """An Atom feed whose newest entry tells when it changed."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry was updated."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@public
@require_safe
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Give the newest changes of procedures as Atom, all or those of an agency or a field."""
    agency, field = asked_agency(request), asked_field(request)
    changes = newest_changes(
        ENTRIES, agency=agency.pk if agency else None, field=field.pk if field else None
    )
    feed = _feed(request, [place.name for place in (agency, field) if place])
    for change in changes:
        if change.act:
            _add_entry(feed, change, change.act)
    body = BytesIO()
    feed.write(body, "utf-8")
    return with_etag(request, body.getvalue(), "application/atom+xml; charset=utf-8")


def _feed(request: HttpRequest, places: list[str]) -> ChangeFeed:
    language = translation.get_language()
    address = settings.PUBLIC_URL + request.get_full_path()
    return ChangeFeed(
        title=" – ".join([_("Changes of administrative procedures"), *places]),
        link=settings.PUBLIC_URL + reverse("catalogue:procedures"),
        description=_("What decisions issue, amend or abolish, and from which day."),
        language=language,
        feed_url=address,
        feed_guid=address,
        author_name="Một Cửa",
    )


def _add_entry(feed: ChangeFeed, change: ToldChange, act: Act) -> None:
    feed.add_item(
        title=f"{act.action.label}: {act.name} ({act.code})",
        link=settings.PUBLIC_URL + _page_of(act),
        description=_summary(change, act),
        unique_id=f"tag:{urlsplit(settings.PUBLIC_URL).hostname},2018:changes/{change.sequence}",
        pubdate=act.entered_at,
        updateddate=clock.local(change.at),
        author_name=act.agency,
    )


def _summary(change: ToldChange, act: Act) -> str:
    told = {"day": f"{act.valid_from:%d/%m/%Y}", "decision": act.decision, "agency": act.agency}
    begun = act.valid_from <= clock.local(change.at).date()
    match act.action, begun:
        case DecisionAction.ABOLISH, True:
            return _("Not in force since %(day)s. Decision %(decision)s of %(agency)s.") % told
        case DecisionAction.ABOLISH, False:
            return _("In force until %(day)s. Decision %(decision)s of %(agency)s.") % told
        case _action, True:
            return _("In force since %(day)s. Decision %(decision)s of %(agency)s.") % told
    return _("Will be in force from %(day)s. Decision %(decision)s of %(agency)s.") % told


def _page_of(act: Act) -> str:
    """Return where a reader sees what changed: the comparison with the version before."""
    if act.number is None or act.number == 1:
        return reverse("catalogue:procedure", args=[act.code])
    versions = urlencode({"tu": act.number - 1, "den": act.number})
    return f"{reverse('catalogue:comparison', args=[act.code])}?{versions}"


def asked_agency(request: HttpRequest) -> Agency | None:
    """Return the agency that `?agency=` names; raises `Http404` for one that is none."""
    code = request.GET.get("agency", "")
    agency = find_agency(code)
    if code and agency is None:
        raise Http404(_("There is no agency with this code."))
    return agency


def asked_field(request: HttpRequest) -> Field | None:
    """Return the field that `?field=` names; raises `Http404` for one that is none."""
    key = request.GET.get("field", "")
    field = find_field(key)
    if key and field is None:
        raise Http404(_("There is no such field with procedures in force."))
    return field
