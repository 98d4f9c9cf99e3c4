from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from wagtail.actions.copy_page import CopyPageAction, CopyPagePermissionError
from wagtail.actions.create_alias import CreatePageAliasAction, CreatePageAliasPermissionError
from wagtail.actions.delete_page import DeletePageAction, DeletePagePermissionError
from wagtail.actions.move_page import MovePageAction, MovePagePermissionError
from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.actions.unpublish_page import UnpublishPageAction, UnpublishPagePermissionError

from catalogue import clock
from catalogue.canonical import sha256_hex
from catalogue.enums import DecisionAction, Role
from catalogue.models import Procedure, ProcedureVersion
from catalogue.services.decisions import DecisionRefused, approve_decision
from catalogue.services.procedures import agency_page
from factories.catalogue import (
    make_decision,
    make_member,
    make_membership,
    make_ministry,
    make_operator,
    make_version,
)
from portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> ProcedureVersion:
    return make_version()


@pytest.fixture
def operator() -> User:
    return make_operator()


def page_of(version: ProcedureVersion) -> Procedure:
    return Procedure.objects.get(pk=version.procedure_id)


def held(version: ProcedureVersion) -> tuple[Any, str, Any]:
    stored = ProcedureVersion.objects.select_related("revision").get(pk=version.pk)
    return stored.document, sha256_hex(stored.document), stored.revision.content


def test_t11_edit_after_entry_leaves_document_hash_and_revision(version: ProcedureVersion) -> None:
    before = held(version)
    page = page_of(version)

    page.name = "Tên khác"
    page.save_revision()

    assert held(version) == before
    assert before[1] == version.sha256


def test_t11_autosave_never_overwrites_the_pinned_revision(version: ProcedureVersion) -> None:
    before = held(version)
    page, author = page_of(version), version.revision.user

    page.name = "Tên được lưu tự động"
    saved = page.save_revision(user=author, overwrite_revision=version.revision)

    assert saved.pk != version.revision_id
    assert held(version) == before


def test_t11_autosave_after_approval_counts_as_own_work(version: ProcedureVersion) -> None:
    agency = version.decision_item.decision.agency
    author = version.revision.user
    make_membership(author, agency, Role.MINISTRY_APPROVER)
    page_of(version).save_revision(user=author, overwrite_revision=version.revision)
    decision = make_decision(
        (page_of(version), DecisionAction.AMEND, date(2026, 7, 1)),
        agency=agency,
        editor=make_member(Role.MINISTRY_EDITOR, agency),
    )

    with pytest.raises(DecisionRefused, match="bạn đã soạn"):
        approve_decision(decision=decision, by=User.objects.get(pk=author.pk))


def test_t11_autosave_of_a_free_revision_still_overwrites(version: ProcedureVersion) -> None:
    page, author = page_of(version), version.revision.user
    draft = page.save_revision(user=author)

    saved = page.save_revision(user=author, overwrite_revision=draft)

    assert saved.pk == draft.pk


def test_t11_superuser_may_not_publish_unpublish_or_delete(
    version: ProcedureVersion, operator: User
) -> None:
    page = page_of(version)
    draft = page.save_revision(user=operator)

    with pytest.raises(PublishPagePermissionError):
        PublishPageRevisionAction(draft, user=operator).execute()
    with pytest.raises(UnpublishPagePermissionError):
        UnpublishPageAction(page, user=operator).execute()
    with pytest.raises(DeletePagePermissionError):
        DeletePageAction(page, user=operator).execute()


def test_t11_superuser_may_not_copy_alias_or_move(
    version: ProcedureVersion, operator: User
) -> None:
    page = page_of(version)
    elsewhere = agency_page(make_ministry("G01", "Bộ Công an"))

    with pytest.raises(CopyPagePermissionError):
        CopyPageAction(page, to=elsewhere, user=operator).execute()
    with pytest.raises(CreatePageAliasPermissionError):
        CreatePageAliasAction(page, parent=elsewhere, user=operator).execute()
    with pytest.raises(MovePagePermissionError):
        MovePageAction(page, elsewhere, pos="last-child", user=operator).execute()


def test_t11_schedule_of_a_page_comes_to_nothing(version: ProcedureVersion) -> None:
    before = held(version)
    page = page_of(version)
    page.go_live_at = clock.now() - timedelta(minutes=1)
    page.save_revision()

    call_command("publish_scheduled")

    assert held(version) == before
    assert not page_of(version).live


def test_t11_revert_makes_a_new_draft_only(version: ProcedureVersion) -> None:
    page = page_of(version)
    page.name = "Bản nháp mới"
    page.save_revision()
    before = held(version)

    version.revision.as_object().save_revision()

    assert held(version) == before
    assert page_of(version).latest_revision_id != version.revision_id


def test_t11_pinned_revision_cannot_be_deleted(version: ProcedureVersion) -> None:
    with pytest.raises(ProtectedError):
        version.revision.delete()


def test_t3_editor_of_another_ministry_may_do_nothing(version: ProcedureVersion) -> None:
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an"))

    rights = page_of(version).permissions_for_user(stranger)

    asked = ("edit", "delete", "publish", "unpublish", "lock", "copy", "move")
    assert [name for name in asked if getattr(rights, f"can_{name}")()] == []
