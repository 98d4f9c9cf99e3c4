"""Agencies, users and memberships for tests."""

import json
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from catalogue.enums import AgencyKind, DecisionAction, Level, Role
from catalogue.models import (
    Agency,
    LegalAct,
    Membership,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.services.decisions import (
    add_item,
    approve_decision,
    enter_decision,
    prepare_decision,
    submit_decision,
)
from catalogue.services.memberships import grant_membership
from catalogue.services.procedures import agency_page, write_procedure
from catalogue.text import sort_key
from portal.accounts.models import User

_numbers = count(1)
SIGNED_ON = date(2026, 1, 5)
_KINDS = {
    Level.MINISTRY: AgencyKind.MINISTRY,
    Level.PROVINCE: AgencyKind.PEOPLES_COMMITTEE,
    Level.COMMUNE: AgencyKind.PEOPLES_COMMITTEE,
}


def make_agency(
    code: str = "",
    *,
    name: str = "",
    parent: Agency | None = None,
    level: str = Level.PROVINCE,
    **values: Any,
) -> Agency:
    """Store an agency; without a code it gets one of its own."""
    number = next(_numbers)
    code = code or (f"{parent.code}.{number}" if parent else f"T{number % 100:02d}.T{number}")
    name = name or f"Cơ quan {number}"
    values.setdefault("kind", _KINDS.get(level, AgencyKind.OTHER))
    return Agency.objects.create(
        code=code,
        name=name,
        parent=parent,
        level=level,
        path=f"{parent.path if parent else '/'}{code}/",
        sort_key=sort_key(name),
        **values,
    )


def make_user(email: str = "", *, password: str | None = None, **values: Any) -> User:
    """Store a user; without an address it gets one of its own."""
    number = next(_numbers)
    values.setdefault("full_name", f"Người {number}")
    return User.objects.create_user(
        email=email or f"nguoi{number}@example.vn", password=password, **values
    )


def make_operator() -> User:
    """Store an operator of the installation."""
    return User.objects.create_superuser(
        email=f"vanhanh{next(_numbers)}@example.vn", full_name="Vận hành"
    )


def make_membership(
    user: User | None = None,
    agency: Agency | None = None,
    role: str = Role.COUNTER_OFFICER,
    **values: Any,
) -> Membership:
    """Give `user` (a new one) a role at `agency` (a new one) in the operator's name."""
    return grant_membership(
        user=user or make_user(), agency=agency or make_agency(), role=role, by=None, **values
    )


def make_member(role: str, agency: Agency | None = None, **values: Any) -> User:
    """Store a user with `role` at `agency` and return the user, rights derived."""
    membership = make_membership(make_user(**values), agency, role)
    return User.objects.get(pk=membership.user_id)


GOLDEN_DOCUMENT = Path(__file__).parents[1] / "catalogue" / "golden" / "procedure-1.json"


def make_ministry(code: str = "G15", name: str = "Bộ Tư pháp") -> Agency:
    """Store an agency that publishes procedures."""
    return make_agency(code, name=name, level=Level.MINISTRY)


def make_legal_act(number: str = "", *, agency: Agency | None = None, **words: Any) -> LegalAct:
    """Store a legal act kept by `agency` (a new ministry)."""
    keeper = agency or make_agency(level=Level.MINISTRY)
    return LegalAct.objects.create(
        number=number or f"{next(_numbers)}/2026/TT", agency=keeper, **words
    )


def make_full_document(code: str = "", **changes: Any) -> dict[str, Any]:
    """Return a document with every kind of part; `changes` replace whole top-level values."""
    document = json.loads(GOLDEN_DOCUMENT.read_text("utf-8"))
    return document | {"code": code or f"9.{next(_numbers):06d}"} | changes


def make_procedure(
    agency: Agency | None = None, *, code: str = "", by: User | None = None, **changes: Any
) -> Procedure:
    """Store a procedure page of `agency` (a new ministry) with one revision, written by `by`."""
    agency = agency or make_ministry(f"G{next(_numbers)}", f"Bộ {next(_numbers)}")
    page = write_procedure(
        document=make_full_document(code, **changes), parent=agency_page(agency), procedure=None
    )
    page.save_revision(user=by, clean=False)
    return page


def make_decision(
    *items: tuple[Procedure, DecisionAction, date],
    agency: Agency,
    editor: User,
    approver: User | None = None,
    number: str = "",
) -> PublicationDecision:
    """Prepare and submit a decision with `items`; with an `approver` it is approved and entered."""
    decision = prepare_decision(
        number=number or f"{next(_numbers)}/QĐ", signed_on=SIGNED_ON, agency=agency, by=editor
    )
    for procedure, action, day in items:
        add_item(
            decision=decision, procedure=procedure, action=action, effective_from=day, by=editor
        )
    decision = submit_decision(decision=decision, by=editor)
    if approver:
        approved = approve_decision(decision=decision, by=approver)
        decision = enter_decision(decision=approved, by=approver)
    return decision


def make_version(
    agency: Agency | None = None, *, code: str = "", begins: date = SIGNED_ON, **changes: Any
) -> ProcedureVersion:
    """Store a procedure that was issued by a decision of `agency` and holds from `begins`."""
    agency = agency or make_ministry(f"G{next(_numbers)}", f"Bộ {next(_numbers)}")
    editor = make_member(Role.MINISTRY_EDITOR, agency)
    page = make_procedure(agency, code=code, by=editor, **changes)
    make_decision(
        (page, DecisionAction.ISSUE, begins),
        agency=agency,
        editor=editor,
        approver=make_member(Role.MINISTRY_APPROVER, agency),
    )
    return page.versions.get()
