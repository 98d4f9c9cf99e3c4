"""T11: every way past a publication decision, pressed by the operator, who may do most."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page, Revision
from wagtail.snippets.models import get_snippet_models

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.enums import DecisionAction, Role
from catalogue.models import (
    Agency,
    DecisionItem,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.services.decisions import approve_decision
from catalogue.services.procedures import agency_page
from factories.catalogue import (
    SIGNED_ON,
    make_decision,
    make_member,
    make_ministry,
    make_operator,
    make_procedure,
)
from factories.editing import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def page(ministry: Agency) -> Procedure:
    """A procedure whose issue is approved and not entered, with a newer draft on top."""
    editor = make_member(Role.MINISTRY_EDITOR, ministry)
    made = make_procedure(ministry, by=editor)
    decision = make_decision(
        (made, DecisionAction.ISSUE, SIGNED_ON), agency=ministry, editor=editor
    )
    approve_decision(decision=decision, by=make_member(Role.MINISTRY_APPROVER, ministry))
    made.name = "Bản nháp sau khi phê duyệt"
    made.save_revision(user=editor)
    return made


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(make_operator())
    return client


@pytest.fixture(autouse=True)
def nothing_moves(page: Procedure) -> Iterator[None]:
    """Whatever a test tries: what was approved, its hash and what is public stay."""
    before = approved(page)
    yield
    assert approved(page) == before
    assert PublicationDecision.objects.get().state == "approved"


def approved(page: Procedure) -> dict[str, Any]:
    version = ProcedureVersion.objects.select_related("revision").get(procedure=page)
    stored = Page.objects.get(pk=page.pk)
    return {
        "document": (version.document, version.sha256, sha256_hex(version.document)),
        "days": (version.valid_from, version.valid_to),
        "revision": (version.revision_id, version.revision.content),
        "item": DecisionItem.objects.values().get(procedure=page),
        "live": (stored.live, stored.live_revision_id, stored.path, stored.alias_of_id),
        "pages": Procedure.objects.count(),
    }


def pinned(page: Procedure) -> Revision:
    return ProcedureVersion.objects.get(procedure=page).revision


def bulk(client: Client, action: str, page: Page, **data: Any) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{address}?id={page.pk}", data)


def test_t11_autosave_writes_beside_what_was_approved(page: Procedure, operator: Client) -> None:
    draft = pinned(page).as_object()
    data = form_of(draft) | {"name": "Lưu tự động", "overwrite_revision_id": pinned(page).pk}

    operator.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        data,
        headers={"Accept": "application/json"},
    )


@pytest.mark.parametrize(
    "action",
    [
        "convert_alias",
        "copy",
        "copy_for_translation",
        "create_alias",
        "delete",
        "move",
        "publish",
        "revert_to_page_revision",
        "unpublish",
    ],
)
def test_t11_admin_api_does_nothing(page: Procedure, operator: Client, action: str) -> None:
    elsewhere = agency_page(make_ministry("G01", "Bộ Công an"))
    data = {
        "destination_page_id": elsewhere.pk,
        "revision_id": pinned(page).pk,
        "locale": "vi",
        "slug": "ban-sao",
    }

    answer = operator.post(
        f"/quan-tri/api/main/pages/{page.pk}/action/{action}/", data, "application/json"
    )

    # Going back to an older text only makes a draft.
    reverts = action == "revert_to_page_revision"
    assert answer.status_code == 200 if reverts else 400 <= answer.status_code < 500


def test_t11_reverting_makes_a_draft_only(page: Procedure, operator: Client) -> None:
    revision = pinned(page)
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])

    opened = operator.get(address)
    operator.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        form_of(revision.as_object()) | {"revision": revision.pk, "action-publish": "1"},
    )

    assert opened.status_code == 200
    assert Procedure.objects.get(pk=page.pk).latest_revision_id != revision.pk


@pytest.mark.parametrize("alias", ["", "on"])
def test_t11_copy_or_alias_is_refused(page: Procedure, operator: Client, alias: str) -> None:
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "publish_copies": "on", "alias": alias}
    data |= {"new_parent_page": page.get_parent().pk}

    operator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def test_t11_converting_an_alias_is_refused(page: Procedure, operator: Client) -> None:
    operator.post(reverse("wagtailadmin_pages:convert_alias", args=[page.pk]))


def test_t11_move_is_refused(page: Procedure, operator: Client) -> None:
    elsewhere = agency_page(make_ministry("G01", "Bộ Công an"))

    operator.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.pk]))


@pytest.mark.parametrize("place", ["unpublish", "delete"])
def test_t11_unpublish_and_delete_screens_are_refused(
    page: Procedure, operator: Client, place: str
) -> None:
    operator.post(reverse(f"wagtailadmin_pages:{place}", args=[page.pk]))


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
@pytest.mark.parametrize("whole_agency", [False, True], ids=["page", "agency"])
def test_t11_bulk_action_does_nothing(
    page: Procedure, operator: Client, action: str, whole_agency: bool
) -> None:
    aim = page.get_parent() if whole_agency else page

    bulk(operator, action, aim, include_descendants="on")


def test_t11_bulk_move_does_nothing(page: Procedure, operator: Client) -> None:
    elsewhere = agency_page(make_ministry("G01", "Bộ Công an"))

    bulk(operator, "move", page, chooser=elsewhere.pk)


def test_t11_schedule_typed_into_the_form_is_not_kept(page: Procedure, operator: Client) -> None:
    past = f"{clock.now() - timedelta(days=1):%Y-%m-%d %H:%M}"
    data = form_of(page) | {"go_live_at": past, "expire_at": past, "action-publish": "1"}

    operator.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    call_command("publish_scheduled")

    stored = Procedure.objects.get(pk=page.pk)
    assert (stored.go_live_at, stored.expire_at) == (None, None)


def test_t11_t8_scheduled_revision_is_not_published(page: Procedure) -> None:
    draft = page.get_latest_revision()
    Revision.objects.filter(pk=draft.pk).update(
        approved_go_live_at=clock.now() - timedelta(minutes=1)
    )

    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")


def test_t11_workflow_finds_nothing_to_approve(page: Procedure, operator: Client) -> None:
    operator.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page) | {"action-submit": "1"}
    )

    assert Procedure.objects.get(pk=page.pk).current_workflow_state is None


def test_t11_publishing_in_code_is_refused(page: Procedure) -> None:
    draft = page.get_latest_revision()

    for step in (draft.publish, lambda: page.publish(draft), page.unpublish):
        with pytest.raises(PermissionDenied):
            step()


def test_t11_decisions_items_and_versions_have_no_form_of_wagtail(operator: Client) -> None:
    models = (PublicationDecision, DecisionItem, ProcedureVersion)

    assert not set(models) & set(get_snippet_models())
    for model in models:
        with pytest.raises(NoReverseMatch):
            reverse(f"{model._meta.model_name}:edit", args=[1])
        for action in ("add", "edit/1", "delete/1"):
            address = f"/quan-tri/snippets/catalogue/{model._meta.model_name}/{action}/"
            assert operator.get(address).status_code == 404


def test_t11_pages_have_no_address_of_the_public_write_api(
    operator: Client, page: Procedure
) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(operator, method)(f"/api/v1/procedures/{page.code}")

        assert answer.status_code in (404, 405)
