"""Everything that Wagtail lets one do to a page, tried on another ministry's procedure."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, Procedure
from catalogue.services.decisions import DecisionRefused, add_item, prepare_decision
from catalogue.services.procedures import agency_page
from factories.catalogue import make_member, make_ministry, make_procedure
from factories.editing import form_of

pytestmark = pytest.mark.django_db
SECRET = "Thủ tục không được lộ"
SOON = "2026-12-01 08:00"
HOME = "/quan-tri/"


@pytest.fixture
def procedure() -> Procedure:
    return make_procedure(make_ministry("G01", "Bộ Công an"), name=SECRET)


@pytest.fixture
def own() -> Agency:
    return make_ministry()


@pytest.fixture
def stranger(client: Client, own: Agency) -> Client:
    client.force_login(make_member(Role.MINISTRY_EDITOR, own))
    return client


def edited(**more: str) -> Callable[[Procedure], dict[str, Any]]:
    return lambda page: form_of(page) | more


VERBS: dict[str, tuple[str, Callable[[Procedure], dict[str, Any]]]] = {
    "save": ("edit", edited(name="Tên mới")),
    "publish": ("edit", edited(**{"action-publish": "1"})),
    "submit": ("edit", edited(**{"action-submit": "1"})),
    "schedule": ("edit", edited(go_live_at=SOON, expire_at=SOON, **{"action-publish": "1"})),
    "change-slug": ("edit", edited(slug="khac")),
    "unpublish": ("unpublish", lambda page: {}),
    "delete": ("delete", lambda page: {}),
    "copy": ("copy", lambda page: {"new_title": "B", "new_slug": "b", "copy_subpages": "on"}),
    "alias": ("copy", lambda page: {"new_title": "B", "new_slug": "b", "alias": "on"}),
    "convert-alias": ("convert_alias", lambda page: {}),
    "move": ("move", lambda page: {"new_parent_page": page.get_parent().pk}),
    "lock": ("lock", lambda page: {}),
    "unlock": ("unlock", lambda page: {}),
    "privacy": ("set_privacy", lambda page: {"restriction_type": "none"}),
}


def state() -> list[Any]:
    """All that a verb could change, wherever it is."""
    return [
        list(Page.objects.order_by("pk").values()),
        list(Procedure.objects.order_by("pk").values("pk", "code", "name")),
        list(Revision.objects.order_by("pk").values_list("pk", "approved_go_live_at")),
    ]


def is_refused(response: HttpResponse) -> bool:
    """Whether an address says no, or leads home as Wagtail's admin does instead of a 403."""
    led_home = response.status_code == 302 and response["Location"] == HOME
    return led_home or response.status_code in {403, 404, 405}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("verb", VERBS)
def test_t3_verb_on_a_page_of_another_ministry_is_refused(
    stranger: Client, procedure: Procedure, verb: str, method: str
) -> None:
    name, data = VERBS[verb]
    before = state()

    response = getattr(stranger, method)(
        reverse(f"wagtailadmin_pages:{name}", args=[procedure.pk]), data(procedure)
    )

    assert is_refused(response)
    assert SECRET not in response.content.decode()
    assert state() == before


@pytest.mark.parametrize("name", ["revisions_revert", "revisions_view", "revisions_unschedule"])
def test_t3_t4_revision_of_another_ministry_is_neither_shown_nor_restored(
    stranger: Client, procedure: Procedure, name: str
) -> None:
    first = procedure.revisions.order_by("pk")[0]
    address = reverse(f"wagtailadmin_pages:{name}", args=[procedure.pk, first.pk])
    before = state()

    answers = [stranger.get(address), stranger.post(address, form_of(procedure))]

    assert all(map(is_refused, answers))
    assert SECRET not in "".join(answer.content.decode() for answer in answers)
    assert state() == before


def test_t4_revisions_of_another_ministry_are_not_compared(
    stranger: Client, procedure: Procedure
) -> None:
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=[procedure.pk, "earliest", "latest"]
    )

    response = stranger.get(address)

    assert is_refused(response)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_t3_bulk_action_on_a_page_of_another_ministry_changes_nothing(
    stranger: Client, procedure: Procedure, own: Agency, action: str
) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    before = state()

    response = stranger.post(
        f"{address}?id={procedure.pk}", {"chooser": agency_page(own).pk, "cascade": "on"}
    )

    assert SECRET not in response.content.decode()
    assert state()[1:] == before[1:]
    assert Page.objects.get(pk=procedure.pk).path == procedure.path


def test_t3_page_of_another_ministry_is_not_laid_under_the_own_one(
    stranger: Client, procedure: Procedure, own: Agency
) -> None:
    target = agency_page(own)
    before = state()

    response = stranger.post(
        reverse("wagtailadmin_pages:move_confirm", args=[procedure.pk, target.pk])
    )

    assert is_refused(response)
    assert state() == before


def test_t3_page_is_not_made_under_another_ministry(stranger: Client, procedure: Procedure) -> None:
    parent = procedure.get_parent()
    before = state()

    response = stranger.post(
        reverse("wagtailadmin_pages:add", args=["catalogue", "procedure", parent.pk]),
        form_of(procedure) | {"code": "9.999999"},
    )

    assert is_refused(response)
    assert state() == before


def test_t3_page_of_another_ministry_is_not_put_on_a_decision(
    procedure: Procedure, own: Agency
) -> None:
    editor = make_member(Role.MINISTRY_EDITOR, own)
    decision = prepare_decision(number="1/QĐ", signed_on=date(2026, 1, 5), agency=own, by=editor)
    theirs = Agency.objects.get(page__path=procedure.path[: -procedure.steplen])

    with pytest.raises(DecisionRefused, match="khác"):
        add_item(
            decision=decision,
            procedure=procedure,
            action=DecisionAction.ISSUE,
            effective_from=date(2026, 3, 1),
            by=editor,
        )
    with pytest.raises(PermissionDenied):
        prepare_decision(number="2/QĐ", signed_on=date(2026, 1, 5), agency=theirs, by=editor)


@pytest.mark.parametrize("name", ["history", "usage", "workflow_history"])
def test_t4_what_was_done_to_a_page_of_another_ministry_is_not_told(
    stranger: Client, procedure: Procedure, name: str
) -> None:
    response = stranger.get(reverse(f"wagtailadmin_pages:{name}", args=[procedure.pk]))

    assert is_refused(response)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_t4_page_of_another_ministry_is_not_previewed(
    stranger: Client, procedure: Procedure, method: str
) -> None:
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[procedure.pk])

    response = getattr(stranger, method)(address, form_of(procedure))

    assert is_refused(response)
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize("report", ["locked_pages", "aging_pages", "site_history", "workflow"])
def test_t4_report_names_no_page_of_another_ministry(
    stranger: Client, procedure: Procedure, report: str
) -> None:
    Page.objects.filter(pk=procedure.pk).update(live=True, locked=True)

    response = stranger.get(reverse(f"wagtailadmin_reports:{report}"), follow=True)

    assert SECRET not in response.content.decode()
