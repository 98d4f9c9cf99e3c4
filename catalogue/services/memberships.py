"""Memberships: who is given a role, moved, suspended, stood in for, and who leaves.

An agency's own administrator does this for the staff of the agency and of those under it.
"""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from catalogue import clock
from catalogue.models import Agency, Membership
from catalogue.permissions import Permission, require
from catalogue.role_places import roles_at
from catalogue.services.audit import record
from catalogue.services.jobs import enqueue
from catalogue.services.rights import sync_rights

INVITATION = "invitation"


@transaction.atomic
def grant_membership(
    *,
    user: Any,
    agency: Agency,
    role: str,
    by: Any,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give `user` the `role` at `agency` from `valid_from` (today) to the day before `valid_to`.

    `by` is the granting user, or None for the operator's own commands. Raises `PermissionDenied`
    unless `by` manages the agency's members and is not the one who gains; `ValidationError` for
    a role that cannot exist at this agency, or one that the user holds at that time already.
    """
    _may_grant(by, user, agency)
    if role not in roles_at(agency):
        raise ValidationError(_("This role does not exist at an agency of this kind."))
    start = valid_from or clock.today()
    _refuse_empty_period(start, valid_to)
    _refuse_overlap(user, agency, role, start, valid_to)
    membership = Membership.objects.create(
        user=user, agency=agency, role=role, valid_from=start, valid_to=valid_to, granted_by=by
    )
    return _changed(membership, by=by, action="membership.granted")


@transaction.atomic
def invite_member(
    *,
    email: str,
    full_name: str,
    agency: Agency,
    role: str,
    by: Any,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Give the person at `email` a role and send a mail with a link that works once.

    An unknown address gets an account, named `full_name`, without a password: the link sets it.
    Raises what `grant_membership` raises.
    """
    users = get_user_model().objects
    user = users.filter(email=email.lower()).first()
    if user is None:
        require_manager(by, agency)
        user = users.create_user(email=email, full_name=full_name)
    membership = grant_membership(
        user=user, agency=agency, role=role, by=by, valid_from=valid_from, valid_to=valid_to
    )
    enqueue(kind=INVITATION, payload={"membership": membership.pk})
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: Any, on: date | None = None) -> Membership:
    """End `membership` on the day `on` (today); a departure today ends the sessions at once.

    Those who stand in for it stop on the same day. Raises `PermissionDenied`.
    """
    require_manager(by, membership.agency)
    day = on or clock.today()
    for row in [membership, *membership.stand_ins.all()]:
        _end(row, day)
        _changed(row, by=by, action="membership.ended")
    return membership


@transaction.atomic
def suspend_member(*, membership: Membership, by: Any) -> Membership:
    """Take the rights of `membership` away until it is resumed. Raises `PermissionDenied`."""
    require_manager(by, membership.agency)
    membership.suspended_at = membership.suspended_at or clock.now()
    membership.save(update_fields=["suspended_at"])
    return _changed(membership, by=by, action="membership.suspended")


@transaction.atomic
def resume_member(*, membership: Membership, by: Any) -> Membership:
    """Give a suspended membership its rights back.

    Raises `PermissionDenied`, also to a member who would resume themselves.
    """
    _may_grant(by, membership.user, membership.agency)
    membership.suspended_at = None
    membership.save(update_fields=["suspended_at"])
    return _changed(membership, by=by, action="membership.resumed")


@transaction.atomic
def move_member(
    *, membership: Membership, agency: Agency, by: Any, on: date | None = None
) -> Membership:
    """Move a member to the same role at another `agency` from the day `on` (today).

    Returns the new membership. Raises what `end_membership` and `grant_membership` raise: `by`
    manages the members of both agencies.
    """
    day = on or clock.today()
    until = membership.valid_to if membership.valid_to and membership.valid_to > day else None
    end_membership(membership=membership, by=by, on=day)
    return grant_membership(
        user=membership.user,
        agency=agency,
        role=membership.role,
        by=by,
        valid_from=day,
        valid_to=until,
    )


@transaction.atomic
def appoint_stand_in(
    *, membership: Membership, stand_in: Any, valid_from: date, valid_to: date, by: Any
) -> Membership:
    """Let `stand_in` hold the role of `membership` from `valid_from` to the day before `valid_to`.

    A stand-in is on the staff of the same agency or of one above or under it. Raises
    `PermissionDenied`, and `ValidationError` for anybody else, for a stand-in's own stand-in and
    for a period outside the membership's.
    """
    agency = membership.agency
    _may_grant(by, stand_in, agency)
    _refuse_empty_period(valid_from, valid_to)
    if membership.stands_in_for_id or stand_in.pk == membership.user_id:
        raise ValidationError(_("A stand-in is another person, for a member with the role itself."))
    begins_early = valid_from < membership.valid_from
    if begins_early or (membership.valid_to and valid_to > membership.valid_to):
        raise ValidationError(_("The member does not hold the role for all of this time."))
    if not _is_colleague(stand_in, agency):
        raise ValidationError(_("A stand-in must be on the staff of the same agency."))
    _refuse_overlap(stand_in, agency, membership.role, valid_from, valid_to)
    appointed = Membership.objects.create(
        user=stand_in,
        agency=agency,
        role=membership.role,
        valid_from=valid_from,
        valid_to=valid_to,
        stands_in_for=membership,
        granted_by=by,
    )
    return _changed(appointed, by=by, action="membership.stand_in")


def require_manager(by: Any, agency: Agency) -> None:
    """Raise `PermissionDenied` unless `by` manages the members of `agency`."""
    if by is not None:
        require(by, Permission.MANAGE_MEMBERS, agency)


def _may_grant(by: Any, user: Any, agency: Agency) -> None:
    require_manager(by, agency)
    # Nobody widens their own rights: another administrator or the operator must.
    if by is not None and by.pk == user.pk and not by.is_superuser:
        raise PermissionDenied("Nobody grants rights to themselves.")


def _refuse_empty_period(start: date, end: date | None) -> None:
    if end is not None and end <= start:
        raise ValidationError(_("The role would end before it begins."))


def _refuse_overlap(user: Any, agency: Agency, role: str, start: date, end: date | None) -> None:
    held = Membership.objects.ever_active().filter(user=user, agency=agency, role=role)
    if end is not None:
        held = held.filter(valid_from__lt=end)
    if held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start)).exists():
        raise ValidationError(_("This person holds this role at this agency at that time already."))


def _is_colleague(user: Any, agency: Agency) -> bool:
    held = Membership.objects.active().filter(user=user).select_related("agency")
    return any(row.agency.is_within(agency) or agency.is_within(row.agency) for row in held)


def _end(membership: Membership, day: date) -> None:
    if membership.valid_to and membership.valid_to <= day:
        return
    # One that has not begun ends before its first day: it never gives a right.
    membership.valid_to = max(day, membership.valid_from)
    membership.save(update_fields=["valid_to"])


def _changed(membership: Membership, *, by: Any, action: str) -> Membership:
    record(
        by=by,
        action=action,
        target=membership,
        agency=membership.agency,
        after=_state(membership),
    )
    # A new epoch makes every session of the user invalid, on any machine, at the next request.
    get_user_model().objects.filter(pk=membership.user_id).update(
        session_epoch=F("session_epoch") + 1
    )
    sync_rights(user_ids=[membership.user_id])
    return membership


def _state(membership: Membership) -> dict[str, Any]:
    return {
        "user": membership.user_id,
        "agency": membership.agency.code,
        "role": str(membership.role),
        "valid_from": membership.valid_from.isoformat(),
        "valid_to": membership.valid_to.isoformat() if membership.valid_to else None,
        "stands_in_for": membership.stands_in_for_id,
        "suspended": membership.suspended_at is not None,
    }
