from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from catalogue.enums import DecisionAction, Role
from catalogue.models import Agency, AuditEntry, Procedure, PublicationDecision
from catalogue.services.decisions import (
    DecisionRefused,
    add_codes,
    add_items,
    change_decision,
    change_item_day,
    prepare_decision,
    remove_item,
    return_decision,
    submit_decision,
)
from factories.catalogue import (
    SIGNED_ON,
    make_agency,
    make_decision,
    make_member,
    make_ministry,
    make_procedure,
    make_version,
)
from portal.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture
def decision(ministry: Agency, editor: User) -> PublicationDecision:
    return prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)


def pages(*codes: str) -> list[Procedure]:
    return list(Procedure.objects.filter(code__in=codes).order_by("code"))


def acts(decision: PublicationDecision) -> list[tuple[str, str, date]]:
    items = decision.items.order_by("procedure__code")
    return list(items.values_list("procedure__code", "action", "effective_from"))


def test_new_procedures_are_issued_and_published_ones_amended(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    make_version(ministry, code="1.000001")
    make_procedure(ministry, code="1.000002")

    add_items(
        decision=decision,
        procedures=pages("1.000001", "1.000002"),
        effective_from=SPRING,
        by=editor,
    )

    assert acts(decision) == [
        ("1.000001", DecisionAction.AMEND, SPRING),
        ("1.000002", DecisionAction.ISSUE, SPRING),
    ]


def test_one_that_does_not_fit_keeps_all_out(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    make_procedure(ministry, code="1.000001")
    make_procedure(make_ministry("G01", "Bộ Công an"), code="1.000002")

    with pytest.raises(DecisionRefused, match=r"^1\.000002 thuộc cơ quan khác\.$"):
        add_items(
            decision=decision,
            procedures=pages("1.000001", "1.000002"),
            effective_from=SPRING,
            by=editor,
        )

    assert acts(decision) == []


def test_pasted_codes_are_added_whatever_stands_around_them(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    make_procedure(ministry, code="1.000001")
    make_procedure(ministry, code="1.000002")

    add_codes(
        decision=decision,
        text="\ufeff 1.000001 ;\r\n\n\t1.000002,\n",
        effective_from=SPRING,
        by=editor,
    )

    assert [code for code, _act, _day in acts(decision)] == ["1.000001", "1.000002"]


def test_pasted_codes_that_do_not_fit_are_named_with_their_lines(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    make_procedure(ministry, code="1.000001")
    make_procedure(make_ministry("G01", "Bộ Công an"), code="1.000002")
    text = "1.000001\n\n9.999999\n1.000001\n1.000002\n1.00\x00"

    with pytest.raises(DecisionRefused) as refusal:
        add_codes(decision=decision, text=text, effective_from=SPRING, by=editor)

    assert list(refusal.value.problems) == [
        "Dòng 3: 9.999999: không có thủ tục nào mang mã này.",
        "Dòng 4: 1.000001 đã có ở dòng 1.",
        "Dòng 5: 1.000002 thuộc cơ quan khác.",
        "Dòng 6: 1.00: không có thủ tục nào mang mã này.",
    ]
    assert acts(decision) == []


def test_pasted_codes_can_be_abolished_together(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    make_version(ministry, code="1.000001")
    make_version(ministry, code="1.000002")

    add_codes(
        decision=decision,
        text="1.000001\n1.000002",
        effective_from=SUMMER,
        by=editor,
        action=DecisionAction.ABOLISH,
    )

    assert {act for _code, act, _day in acts(decision)} == {DecisionAction.ABOLISH}


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_pasted_is_refused(editor: User, decision: PublicationDecision, text: str) -> None:
    with pytest.raises(DecisionRefused, match="Chưa chọn thủ tục nào"):
        add_codes(decision=decision, text=text, effective_from=SPRING, by=editor)


def test_agency_without_a_page_has_no_procedures_to_add(ministry: Agency) -> None:
    make_procedure(ministry, code="1.000001")
    province = make_agency()
    editor = make_member(Role.PROVINCE_EDITOR, province)
    decision = prepare_decision(number="1/QĐ", signed_on=SIGNED_ON, agency=province, by=editor)

    with pytest.raises(DecisionRefused, match="thuộc cơ quan khác"):
        add_codes(decision=decision, text="1.000001", effective_from=SPRING, by=editor)


def test_day_is_changed_and_item_removed_and_both_are_recorded(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    make_procedure(ministry, code="1.000001")
    make_procedure(ministry, code="1.000002")
    first, second = add_items(
        decision=decision,
        procedures=pages("1.000001", "1.000002"),
        effective_from=SPRING,
        by=editor,
    )

    change_item_day(item=first, effective_from=SUMMER, by=editor)
    remove_item(item=second, by=editor)

    assert acts(decision) == [("1.000001", DecisionAction.ISSUE, SUMMER)]
    done = AuditEntry.objects.filter(
        object_type="catalogue.publicationdecision", object_id=str(decision.pk)
    ).order_by("pk")
    assert list(done.values_list("action", "note")) == [
        ("prepare_decision", ""),
        ("add_decision_item", "1.000001, 1.000002"),
        ("change_decision_item", "1.000001"),
        ("remove_decision_item", "1.000002"),
    ]


def test_number_day_and_kind_of_act_of_a_draft_are_changed(
    editor: User, decision: PublicationDecision
) -> None:
    changed = change_decision(
        decision=decision, number=" 2/QĐ ", signed_on=SPRING, fast_track=True, by=editor
    )

    assert (changed.number, changed.signed_on, changed.fast_track) == ("2/QĐ", SPRING, True)


def test_number_in_use_is_not_taken_by_a_change(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    prepare_decision(number="2/QĐ", signed_on=SIGNED_ON, agency=ministry, by=editor)

    with pytest.raises(DecisionRefused, match="2/QĐ"):
        change_decision(
            decision=decision, number="2/QĐ", signed_on=SIGNED_ON, fast_track=False, by=editor
        )


def test_t7_nothing_of_a_submitted_decision_is_changed(ministry: Agency, editor: User) -> None:
    page = make_procedure(ministry, by=editor)
    other = make_procedure(ministry)
    submitted = make_decision((page, DecisionAction.ISSUE, SPRING), agency=ministry, editor=editor)
    item = submitted.items.get()

    for step in (
        lambda: change_item_day(item=item, effective_from=SUMMER, by=editor),
        lambda: remove_item(item=item, by=editor),
        lambda: add_items(decision=submitted, procedures=[other], effective_from=SPRING, by=editor),
        lambda: add_codes(decision=submitted, text=other.code, effective_from=SPRING, by=editor),
        lambda: change_decision(
            decision=submitted, number="9", signed_on=SPRING, fast_track=False, by=editor
        ),
    ):
        with pytest.raises(DecisionRefused, match="Chờ phê duyệt"):
            step()


def test_t3_editor_of_another_ministry_may_not_touch_the_draft(
    ministry: Agency, editor: User, decision: PublicationDecision
) -> None:
    page = make_procedure(ministry, code="1.000001")
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an"))
    (item,) = add_items(decision=decision, procedures=[page], effective_from=SPRING, by=editor)
    steps: dict[str, Any] = {
        "change": lambda: change_item_day(item=item, effective_from=SUMMER, by=stranger),
        "remove": lambda: remove_item(item=item, by=stranger),
        "paste": lambda: add_codes(
            decision=decision, text="1.000001", effective_from=SPRING, by=stranger
        ),
        "add": lambda: add_items(
            decision=decision, procedures=[], effective_from=SPRING, by=stranger
        ),
    }

    for step in steps.values():
        with pytest.raises(PermissionDenied):
            step()


def test_returned_decision_is_a_draft_again_with_the_reason(ministry: Agency, editor: User) -> None:
    page = make_procedure(ministry, by=editor)
    submitted = make_decision((page, DecisionAction.ISSUE, SPRING), agency=ministry, editor=editor)
    approver = make_member(Role.MINISTRY_APPROVER, ministry)

    draft = return_decision(decision=submitted, reason="Sai ngày.", by=approver)
    change_item_day(item=draft.items.get(), effective_from=SUMMER, by=editor)
    again = submit_decision(decision=draft, by=editor)

    assert again.items.get().effective_from == SUMMER
    assert AuditEntry.objects.filter(action="decision_draft", note="Sai ngày.").exists()
