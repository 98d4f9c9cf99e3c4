from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from wagtail.models import Revision

from catalogue.canonical import sha256_hex
from catalogue.enums import DecisionAction, DecisionState, Role
from catalogue.models import (
    Agency,
    AuditEntry,
    Change,
    LegalAct,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.selectors.versions import version_in_force
from catalogue.services.decisions import (
    DecisionRefused,
    ItemsRefused,
    add_item,
    approve_decision,
    enter_decision,
    prepare_decision,
    submit_decision,
    withdraw_decision,
)
from catalogue.services.legal_acts import store_act
from factories.catalogue import (
    SIGNED_ON,
    make_decision,
    make_member,
    make_membership,
    make_ministry,
    make_operator,
    make_procedure,
    make_user,
    make_version,
)
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ISSUE, AMEND, ABOLISH = DecisionAction.ISSUE, DecisionAction.AMEND, DecisionAction.ABOLISH
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def approver(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_APPROVER, ministry)


@pytest.fixture
def procedure(ministry: Agency, editor: User) -> Procedure:
    return make_procedure(ministry, by=editor)


@pytest.fixture
def team(ministry: Agency, editor: User, approver: User) -> dict[str, Any]:
    return {"agency": ministry, "editor": editor, "approver": approver}


@pytest.fixture
def submission(ministry: Agency, editor: User) -> dict[str, Any]:
    return {"agency": ministry, "editor": editor}


def save_as(procedure: Procedure, name: str, by: User) -> Revision:
    page = Procedure.objects.get(pk=procedure.pk)
    page.name = name
    return page.save_revision(user=by)


def spans(page: Procedure) -> list[tuple[int, date | None, date | None]]:
    return list(page.versions.order_by("number").values_list("number", "valid_from", "valid_to"))


def test_decision_goes_from_draft_to_entered_and_is_audited(
    ministry: Agency, editor: User, approver: User, procedure: Procedure
) -> None:
    # D63 art. 15: a procedure is issued by a signed decision of its agency.
    draft = prepare_decision(number=" 163/QĐ-BTP ", signed_on=SIGNED_ON, agency=ministry, by=editor)
    add_item(decision=draft, procedure=procedure, action=ISSUE, effective_from=SPRING, by=editor)
    submitted = submit_decision(decision=draft, by=editor)
    approved = approve_decision(decision=submitted, by=approver)
    public_before_entry = ProcedureVersion.objects.entered().exists()
    entered = enter_decision(decision=approved, by=approver)

    assert (entered.number, entered.state) == ("163/QĐ-BTP", DecisionState.IN_FORCE)
    assert (entered.created_by, entered.approved_by) == (editor, approver)
    assert not public_before_entry
    assert list(
        AuditEntry.objects.filter(object_type="catalogue.publicationdecision")
        .order_by("pk")
        .values_list("action", "user_id")
    ) == [
        ("prepare_decision", editor.pk),
        ("add_decision_item", editor.pk),
        ("decision_submitted", editor.pk),
        ("decision_approved", approver.pk),
        ("decision_in_force", approver.pk),
    ]


def test_entry_is_public_at_once_and_in_force_by_its_date(
    team: dict[str, Any], procedure: Procedure
) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)

    assert version_in_force(procedure.code, SPRING - timedelta(days=1)) is None
    assert version_in_force(procedure.code, SPRING) == procedure.versions.get()
    assert list(Change.objects.values_list("kind", "key")) == [
        ("procedure_version", procedure.code)
    ]


def test_amendment_ends_the_version_on_the_day_it_begins(
    team: dict[str, Any], procedure: Procedure
) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)

    make_decision((procedure, AMEND, SUMMER), **team)

    assert spans(procedure) == [(1, SPRING, SUMMER), (2, SUMMER, None)]


def test_abolition_ends_the_version_and_leaves_no_other(
    team: dict[str, Any], procedure: Procedure
) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)

    make_decision((procedure, ABOLISH, AUTUMN), **team)

    assert spans(procedure) == [(1, SPRING, AUTUMN)]
    assert version_in_force(procedure.code, AUTUMN) is None


def test_set_of_procedures_enters_together(ministry: Agency, team: dict[str, Any]) -> None:
    # D63 art. 24: a set enters the catalogue as one.
    first, second = make_procedure(ministry), make_procedure(ministry)

    make_decision((first, ISSUE, SPRING), (second, ISSUE, SUMMER), **team)

    assert spans(first) == [(1, SPRING, None)]
    assert spans(second) == [(1, SUMMER, None)]


def test_pinned_document_has_its_hash_schema_and_revision(
    team: dict[str, Any], procedure: Procedure
) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)

    version = procedure.versions.get()
    assert version.sha256 == sha256_hex(version.document)
    assert (version.document["code"], version.schema_number) == (procedure.code, 1)
    assert version.revision == procedure.get_latest_revision()


def test_t7_approver_of_an_own_decision_is_refused(ministry: Agency, procedure: Procedure) -> None:
    both = make_member(Role.MINISTRY_EDITOR, ministry)
    _also_approver(both, ministry)
    decision = make_decision((procedure, ISSUE, SPRING), agency=ministry, editor=both)

    with pytest.raises(DecisionRefused, match="do bạn lập"):
        approve_decision(decision=decision, by=both)


@pytest.mark.parametrize("step", ["add", "submit"])
def test_t7_approver_who_did_one_step_of_the_preparation_is_refused(
    ministry: Agency, editor: User, procedure: Procedure, step: str
) -> None:
    both = make_member(Role.MINISTRY_EDITOR, ministry)
    _also_approver(both, ministry)
    decision = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)
    add_item(
        decision=decision,
        procedure=procedure,
        action=ISSUE,
        effective_from=SPRING,
        by=both if step == "add" else editor,
    )
    submit_decision(decision=decision, by=both if step == "submit" else editor)

    with pytest.raises(DecisionRefused, match="do bạn lập"):
        approve_decision(decision=decision, by=both)


def test_t7_approver_who_wrote_a_revision_is_refused(
    submission: dict[str, Any], ministry: Agency, procedure: Procedure
) -> None:
    writer = make_member(Role.MINISTRY_EDITOR, ministry)
    _also_approver(writer, ministry)
    procedure.save_revision(user=writer)
    decision = make_decision((procedure, ISSUE, SPRING), **submission)

    with pytest.raises(DecisionRefused, match="bạn đã soạn"):
        approve_decision(decision=decision, by=writer)


def test_t7_approver_who_wrote_only_for_an_earlier_version_may_approve(
    team: dict[str, Any], ministry: Agency, editor: User, procedure: Procedure
) -> None:
    writer = make_member(Role.MINISTRY_EDITOR, ministry)
    _also_approver(writer, ministry)
    procedure.save_revision(user=writer)
    make_decision((procedure, ISSUE, SPRING), **team)
    procedure.save_revision(user=editor)
    decision = make_decision((procedure, AMEND, SUMMER), agency=ministry, editor=editor)

    approved = approve_decision(decision=decision, by=writer)

    assert approved.state == DecisionState.APPROVED


def reword_act(procedure: Procedure, by: User) -> None:
    [cited, *_others] = [base.value["act"] for base in procedure.legal_bases]
    act = LegalAct.objects.get(pk=cited.pk)
    act.title = f"{act.title} (sửa)"
    act.agency = Agency.objects.get(code="G15")
    LegalAct.objects.filter(pk=act.pk).update(agency=act.agency)
    store_act(act=act, by=by)


def test_t7_approver_who_wrote_the_words_of_a_cited_act_is_refused(
    ministry: Agency, editor: User, procedure: Procedure
) -> None:
    writer = make_member(Role.MINISTRY_EDITOR, ministry)
    _also_approver(writer, ministry)
    reword_act(procedure, by=writer)
    decision = make_decision((procedure, ISSUE, SPRING), agency=ministry, editor=editor)

    with pytest.raises(DecisionRefused, match=f"{procedure.code}: .*bạn đã soạn"):
        approve_decision(decision=decision, by=writer)


def test_t7_approver_whose_words_of_an_act_were_published_before_may_approve(
    team: dict[str, Any], ministry: Agency, editor: User, procedure: Procedure
) -> None:
    writer = make_member(Role.MINISTRY_EDITOR, ministry)
    _also_approver(writer, ministry)
    reword_act(procedure, by=writer)
    make_decision((procedure, ISSUE, SPRING), **team)
    save_as(procedure, "Tên khác", by=editor)
    decision = make_decision((procedure, AMEND, SUMMER), agency=ministry, editor=editor)

    assert approve_decision(decision=decision, by=writer).state == DecisionState.APPROVED


def test_t7_second_approval_is_refused(
    submission: dict[str, Any], approver: User, procedure: Procedure
) -> None:
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    approve_decision(decision=decision, by=approver)

    with pytest.raises(DecisionRefused, match="Đã phê duyệt"):
        approve_decision(decision=decision, by=approver)


def test_t7_item_added_through_a_stale_draft_is_refused(
    ministry: Agency, editor: User, approver: User, procedure: Procedure
) -> None:
    stale = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)
    add_item(decision=stale, procedure=procedure, action=ISSUE, effective_from=SPRING, by=editor)
    approve_decision(decision=submit_decision(decision=stale, by=editor), by=approver)

    with pytest.raises(DecisionRefused):
        add_item(
            decision=stale,
            procedure=make_procedure(ministry),
            action=ISSUE,
            effective_from=SPRING,
            by=editor,
        )


def test_steps_without_the_right_at_the_agency_are_denied(
    submission: dict[str, Any], ministry: Agency, procedure: Procedure
) -> None:
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    foreign_approver = make_member(Role.MINISTRY_APPROVER, make_ministry("G01", "Bộ Công an"))
    stranger = make_user()

    for by in (foreign_approver, stranger):
        with pytest.raises(PermissionDenied):
            approve_decision(decision=decision, by=by)
        with pytest.raises(PermissionDenied):
            prepare_decision(number="2/QĐ", signed_on=SIGNED_ON, agency=ministry, by=by)
        with pytest.raises(PermissionDenied):
            withdraw_decision(decision=decision, by=by)


def test_steps_in_the_wrong_state_are_refused(
    ministry: Agency, editor: User, approver: User, procedure: Procedure
) -> None:
    empty = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)
    entered = make_decision(
        (procedure, ISSUE, SPRING), agency=ministry, editor=editor, approver=approver
    )
    approved = approve_decision(
        decision=make_decision((procedure, AMEND, SUMMER), agency=ministry, editor=editor),
        by=approver,
    )

    for refused in (
        lambda: submit_decision(decision=empty, by=editor),
        lambda: approve_decision(decision=empty, by=approver),
        lambda: enter_decision(decision=empty, by=approver),
        lambda: submit_decision(decision=entered, by=editor),
        lambda: submit_decision(decision=approved, by=editor),
        lambda: enter_decision(decision=entered, by=approver),
        lambda: withdraw_decision(decision=entered, by=editor),
    ):
        with pytest.raises(DecisionRefused):
            refused()


def test_number_of_an_agency_is_used_once(ministry: Agency, editor: User) -> None:
    prepare_decision(number="9/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)

    with pytest.raises(DecisionRefused, match="9/QĐ"):
        prepare_decision(number=" 9/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)


def test_t3_procedure_of_another_agency_does_not_fit(ministry: Agency, editor: User) -> None:
    decision = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)

    with pytest.raises(DecisionRefused):
        add_item(
            decision=decision,
            procedure=make_procedure(),
            action=ISSUE,
            effective_from=SPRING,
            by=editor,
        )


@pytest.mark.parametrize(("published", "action"), [(True, ISSUE), (False, AMEND), (False, ABOLISH)])
def test_action_that_does_not_fit_the_procedure_is_refused(
    team: dict[str, Any], procedure: Procedure, published: bool, action: DecisionAction
) -> None:
    if published:
        make_decision((procedure, ISSUE, SPRING), **team)

    with pytest.raises(DecisionRefused):
        make_decision((procedure, action, SUMMER), **team)


def test_procedure_stands_on_a_decision_once(team: dict[str, Any], procedure: Procedure) -> None:
    with pytest.raises(DecisionRefused, match=procedure.code):
        make_decision((procedure, ISSUE, SPRING), (procedure, ISSUE, SUMMER), **team)


@pytest.mark.parametrize("day", [SPRING, SPRING - timedelta(days=1)])
def test_version_that_begins_no_later_than_the_last_is_refused(
    team: dict[str, Any], procedure: Procedure, day: date
) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)

    with pytest.raises(DecisionRefused, match="01/03/2026"):
        make_decision((procedure, AMEND, day), **team)

    assert spans(procedure) == [(1, SPRING, None)]


def test_version_that_begins_before_the_set_end_of_the_last_is_refused(
    team: dict[str, Any], procedure: Procedure
) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)
    make_decision((procedure, ABOLISH, AUTUMN), **team)

    with pytest.raises(DecisionRefused, match="01/09/2026"):
        make_decision((procedure, AMEND, SUMMER), **team)
    make_decision((procedure, AMEND, AUTUMN), **team)

    assert spans(procedure) == [(1, SPRING, AUTUMN), (2, AUTUMN, None)]


def test_abolition_of_what_has_ended_is_refused(team: dict[str, Any], procedure: Procedure) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)
    make_decision((procedure, ABOLISH, SUMMER), **team)

    with pytest.raises(DecisionRefused):
        make_decision((procedure, ABOLISH, AUTUMN), **team)


if connection.vendor == "postgresql":  # elsewhere the service alone keeps versions apart

    def test_overlap_is_refused_by_the_database_itself() -> None:
        version = make_version(begins=SPRING)
        item = version.decision_item
        twin = item.decision.items.model(
            decision=make_decision(
                (make_procedure(item.decision.agency), ISSUE, SPRING),
                agency=item.decision.agency,
                editor=make_member(Role.MINISTRY_EDITOR, item.decision.agency),
            ),
            procedure=version.procedure,
            action=AMEND,
            effective_from=SUMMER,
        )
        twin.save()

        with pytest.raises(IntegrityError, match="versions_never_overlap"), transaction.atomic():
            ProcedureVersion.objects.create(
                procedure=version.procedure,
                code=version.code,
                number=2,
                document=version.document,
                sha256=version.sha256,
                schema_number=1,
                decision_item=twin,
                revision=version.revision,
                agency=version.agency,
                field=version.field,
                valid_from=SUMMER,
            )


def test_withdrawal_takes_the_pinned_versions_along(
    submission: dict[str, Any], editor: User, approver: User, procedure: Procedure
) -> None:
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    approve_decision(decision=decision, by=approver)

    withdrawn = withdraw_decision(decision=decision, by=editor)

    assert withdrawn.state == DecisionState.WITHDRAWN
    assert not procedure.versions.exists()
    with pytest.raises(DecisionRefused):
        withdraw_decision(decision=withdrawn, by=editor)


def test_submission_of_an_incomplete_text_names_the_place(
    submission: dict[str, Any], editor: User, procedure: Procedure
) -> None:
    procedure.levels = ["district"]
    procedure.audiences = ["robot"]
    procedure.save_revision(user=editor, clean=False)

    with pytest.raises(ItemsRefused, match=f"{procedure.code}: "):
        make_decision((procedure, ISSUE, SPRING), **submission)

    assert PublicationDecision.objects.get().state == DecisionState.DRAFT


def test_t7_text_changed_after_submission_is_not_approved(
    submission: dict[str, Any], editor: User, approver: User, procedure: Procedure
) -> None:
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    save_as(procedure, "Tên khác", by=editor)

    with pytest.raises(DecisionRefused, match=f"{procedure.code} đã thay đổi sau khi trình"):
        approve_decision(decision=decision, by=approver)

    decision.refresh_from_db()
    assert decision.state == DecisionState.SUBMITTED
    assert not procedure.versions.exists()


def test_t7_text_changed_and_submitted_again_is_approved(
    submission: dict[str, Any], editor: User, approver: User, procedure: Procedure
) -> None:
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    saved = save_as(procedure, "Tên khác", by=editor)

    approve_decision(decision=submit_decision(decision=decision, by=editor), by=approver)

    version = procedure.versions.get()
    assert (version.document["name"], version.revision) == ("Tên khác", saved)


def test_t7_text_overwritten_in_place_after_submission_is_not_approved(
    submission: dict[str, Any], approver: User, procedure: Procedure
) -> None:
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    pinned = decision.items.get().revision
    pinned.content |= {"name": "Tên khác"}
    pinned.save(update_fields=["content"])

    with pytest.raises(DecisionRefused, match=procedure.code):
        approve_decision(decision=decision, by=approver)


def test_t7_name_changed_around_the_text_after_submission_is_not_approved(
    submission: dict[str, Any], ministry: Agency, approver: User, procedure: Procedure
) -> None:
    # The agency's name stands in the document though not in the revision.
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    Agency.objects.filter(pk=ministry.pk).update(name="Bộ Khác")
    decision.refresh_from_db()

    with pytest.raises(DecisionRefused, match=procedure.code):
        approve_decision(decision=decision, by=approver)


def test_t11_autosave_never_overwrites_what_was_submitted(
    submission: dict[str, Any], editor: User, procedure: Procedure
) -> None:
    decision = make_decision((procedure, ISSUE, SPRING), **submission)
    item = decision.items.get()
    page = Procedure.objects.get(pk=procedure.pk)

    page.name = "Tên được lưu tự động"
    saved = page.save_revision(user=editor, overwrite_revision=item.revision)

    assert saved.pk != item.revision_id
    assert item.revision.content["name"] == procedure.name


def test_abolition_needs_no_text(team: dict[str, Any], editor: User, procedure: Procedure) -> None:
    make_decision((procedure, ISSUE, SPRING), **team)
    decision = make_decision(
        (procedure, ABOLISH, AUTUMN), agency=team["agency"], editor=team["editor"]
    )
    save_as(procedure, "Tên khác", by=editor)

    approve_decision(decision=decision, by=team["approver"])

    assert decision.items.get().revision is None


def test_number_of_a_withdrawn_decision_is_free_again(
    ministry: Agency, editor: User, procedure: Procedure
) -> None:
    withdrawn = make_decision(
        (procedure, ISSUE, SPRING), agency=ministry, editor=editor, number="9/QĐ"
    )
    withdraw_decision(decision=withdrawn, by=editor)

    again = prepare_decision(number="9/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)

    assert again.pk != withdrawn.pk


def test_number_in_use_is_refused_by_the_database(ministry: Agency) -> None:
    PublicationDecision.objects.create(number="9/QĐ", agency=ministry)

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationDecision.objects.create(number="9/QĐ", agency=ministry)


def test_t11_document_altered_after_approval_is_not_entered(
    submission: dict[str, Any], approver: User, procedure: Procedure
) -> None:
    approved = approve_decision(
        decision=make_decision((procedure, ISSUE, SPRING), **submission), by=approver
    )
    version = procedure.versions.get()
    ProcedureVersion.objects.filter(pk=version.pk).update(document=version.document | {"sets": 9})

    with pytest.raises(DecisionRefused, match=procedure.code):
        enter_decision(decision=approved, by=approver)


def test_t11_revision_under_another_code_is_refused(
    submission: dict[str, Any], editor: User, procedure: Procedure
) -> None:
    procedure.code = "9.999999"
    procedure.save_revision(user=editor)
    page = Procedure.objects.get(pk=procedure.pk)

    with pytest.raises(DecisionRefused, match=page.code):
        make_decision((page, ISSUE, SPRING), **submission)


def test_operator_may_not_approve_what_an_operator_prepared(
    ministry: Agency, procedure: Procedure
) -> None:
    operator = make_operator()
    decision = make_decision((procedure, ISSUE, SPRING), agency=ministry, editor=operator)

    with pytest.raises(DecisionRefused):
        approve_decision(decision=decision, by=operator)


def _also_approver(user: User, agency: Agency) -> None:
    make_membership(user, agency, Role.MINISTRY_APPROVER)
