from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalogue import clock
from catalogue.enums import AgencyKind, Level, Role
from catalogue.models import AuditEntry, Job, Membership
from catalogue.permissions import Permission, has_permission
from catalogue.services import memberships
from catalogue.services.memberships import (
    appoint_stand_in,
    end_membership,
    grant_membership,
    invite_member,
    move_member,
    resume_member,
    suspend_member,
)
from factories.catalogue import (
    make_agency,
    make_member,
    make_membership,
    make_operator,
    make_user,
)
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def province():
    return make_agency()


@pytest.fixture
def commune(province):
    return make_agency(parent=province, level=Level.COMMUNE)


@pytest.fixture
def administrator(province):
    return make_member(Role.AGENCY_ADMINISTRATOR, province)


@pytest.mark.both_databases
def test_grant_gives_rights_under_the_agency(administrator, commune):
    officer = make_user()

    grant_membership(user=officer, agency=commune, role=Role.COUNTER_OFFICER, by=administrator)

    officer.refresh_from_db()
    assert has_permission(officer, Permission.RECEIVE_DOSSIERS, commune)
    assert not has_permission(officer, Permission.RECEIVE_DOSSIERS, commune.parent)
    assert officer.is_staff


def test_grant_is_audited(administrator, commune):
    membership = grant_membership(
        user=make_user(), agency=commune, role=Role.CASHIER, by=administrator
    )

    entry = AuditEntry.objects.get(user_id=administrator.pk)
    assert (entry.action, entry.object_id, entry.agency_code) == (
        "membership.granted",
        str(membership.pk),
        commune.code,
    )


def test_t9_administrator_cannot_grant_at_another_province(administrator):
    elsewhere = make_agency()

    with pytest.raises(PermissionDenied):
        grant_membership(user=make_user(), agency=elsewhere, role=Role.CASHIER, by=administrator)


def test_t9_administrator_cannot_grant_above(commune):
    administrator = make_member(Role.AGENCY_ADMINISTRATOR, commune)

    with pytest.raises(PermissionDenied):
        grant_membership(
            user=make_user(), agency=commune.parent, role=Role.CASHIER, by=administrator
        )


@pytest.mark.parametrize("role", [Role.COUNTER_OFFICER, Role.PROVINCE_CONTROL, Role.AUDITOR])
def test_t9_administrator_cannot_widen_own_rights(administrator, province, role):
    with pytest.raises(PermissionDenied):
        grant_membership(user=administrator, agency=province, role=role, by=administrator)


def test_t9_administrator_cannot_resume_themselves(administrator):
    membership = administrator.memberships.get()
    other = make_membership(administrator, make_agency(), Role.AGENCY_ADMINISTRATOR)
    suspend_member(membership=other, by=make_operator())

    with pytest.raises(PermissionDenied):
        resume_member(membership=membership, by=administrator)


@pytest.mark.parametrize("role", [Role.COUNTER_OFFICER, Role.PROVINCE_EDITOR, Role.UNIT_HEAD])
def test_t9_member_without_the_permission_grants_nothing(province, role):
    member = make_member(role, province)

    with pytest.raises(PermissionDenied):
        grant_membership(user=make_user(), agency=province, role=role, by=member)


@pytest.mark.parametrize(
    ("kind", "level", "role"),
    [
        (AgencyKind.PEOPLES_COMMITTEE, Level.PROVINCE, Role.MINISTRY_APPROVER),
        (AgencyKind.PEOPLES_COMMITTEE, Level.PROVINCE, Role.GOVERNMENT_CONTROL),
        (AgencyKind.PEOPLES_COMMITTEE, Level.COMMUNE, Role.PROVINCE_CONTROL),
        (AgencyKind.MINISTRY, Level.MINISTRY, Role.GOVERNMENT_CONTROL),
        (AgencyKind.MINISTRY, Level.MINISTRY, Role.PROVINCE_EDITOR),
    ],
)
def test_t9_role_outside_its_place_is_refused(kind, level, role):
    agency = make_agency(kind=kind, level=level)
    administrator = make_member(Role.AGENCY_ADMINISTRATOR, agency)

    with pytest.raises(ValidationError):
        grant_membership(user=make_user(), agency=agency, role=role, by=administrator)


def test_role_is_not_granted_twice_at_one_time(administrator, commune):
    user = make_user()
    grant_membership(user=user, agency=commune, role=Role.CASHIER, by=administrator)

    with pytest.raises(ValidationError):
        grant_membership(
            user=user,
            agency=commune,
            role=Role.CASHIER,
            by=administrator,
            valid_from=clock.today() + DAY,
        )


def test_a_period_that_ends_before_it_begins_is_refused(administrator, commune):
    with pytest.raises(ValidationError):
        grant_membership(
            user=make_user(),
            agency=commune,
            role=Role.CASHIER,
            by=administrator,
            valid_to=clock.today(),
        )


@pytest.mark.parametrize("begun", [timedelta(days=30), timedelta(0), timedelta(days=-30)])
def test_ended_membership_gives_no_rights(administrator, commune, begun):
    membership = make_membership(agency=commune, valid_from=clock.today() - begun)

    end_membership(membership=membership, by=administrator)

    user = User.objects.get(pk=membership.user_id)
    assert not Membership.objects.active().filter(user=user).exists()
    assert not Membership.objects.active_on(clock.today() + 60 * DAY).filter(user=user).exists()
    assert (user.is_staff, user.groups.count()) == (False, 0)


@pytest.mark.both_databases
@pytest.mark.parametrize("begun", [timedelta(0), timedelta(days=-30)])
def test_membership_ended_before_it_gave_a_right_has_no_day(administrator, commune, begun):
    start = clock.today() - begun
    membership = make_membership(agency=commune, valid_from=start)

    ended = end_membership(membership=membership, by=administrator)

    assert (ended.valid_from, ended.valid_to, ended.suspended_at) == (start, start, None)


@pytest.mark.both_databases
@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=-1)])
def test_role_ended_before_it_began_is_granted_again(administrator, commune, later):
    ended = make_membership(agency=commune, valid_from=clock.today())
    end_membership(membership=ended, by=administrator)

    again = grant_membership(
        user=ended.user,
        agency=commune,
        role=ended.role,
        by=administrator,
        valid_from=ended.valid_from + later,
    )

    assert Membership.objects.active().filter(user=ended.user).get() == again


@pytest.mark.parametrize(
    "change",
    [
        lambda membership, by: end_membership(membership=membership, by=by),
        lambda membership, by: suspend_member(membership=membership, by=by),
        lambda membership, by: move_member(
            membership=membership, agency=make_agency(parent=membership.agency.parent), by=by
        ),
    ],
    ids=["ended", "suspended", "moved"],
)
def test_a8_departure_ends_the_sessions(administrator, commune, change, client):
    membership = make_membership(agency=commune, valid_from=clock.today() - DAY)
    client.force_login(User.objects.get(pk=membership.user_id))
    assert client.get("/quan-tri/").status_code == 200

    change(membership, administrator)

    response = client.get("/quan-tri/")
    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/dang-nhap")


def test_suspended_member_comes_back(administrator, commune):
    membership = make_membership(agency=commune)
    suspend_member(membership=membership, by=administrator)
    assert not User.objects.get(pk=membership.user_id).is_staff

    resume_member(membership=membership, by=administrator)

    assert User.objects.get(pk=membership.user_id).is_staff


@pytest.mark.parametrize("change", ["end_membership", "suspend_member", "resume_member"])
def test_t9_stranger_changes_no_membership(commune, change):
    membership = make_membership(agency=commune)
    stranger = make_member(Role.AGENCY_ADMINISTRATOR)

    with pytest.raises(PermissionDenied):
        getattr(memberships, change)(membership=membership, by=stranger)


def test_moved_member_has_the_role_at_the_new_agency_only(administrator, province, commune):
    neighbour = make_agency(parent=province, level=Level.COMMUNE)
    old = make_membership(agency=commune, valid_from=clock.today() - DAY)

    new = move_member(membership=old, agency=neighbour, by=administrator)

    user = User.objects.get(pk=old.user_id)
    assert (new.user_id, new.role, new.agency) == (old.user_id, old.role, neighbour)
    assert not has_permission(user, Permission.RECEIVE_DOSSIERS, commune)
    assert has_permission(user, Permission.RECEIVE_DOSSIERS, neighbour)


def test_t9_member_is_not_moved_out_of_the_administrators_reach(administrator, commune):
    membership = make_membership(agency=commune)

    with pytest.raises(PermissionDenied):
        move_member(membership=membership, agency=make_agency(), by=administrator)

    membership.refresh_from_db()
    assert membership.valid_to is None


def test_invited_stranger_gets_an_account_and_a_mail(administrator, commune):
    membership = invite_member(
        email="Moi@Example.vn",
        full_name="Lò Thị Mới",
        agency=commune,
        role=Role.CASHIER,
        by=administrator,
    )

    user = User.objects.get(email="moi@example.vn")
    assert (membership.user, user.has_usable_password()) == (user, False)
    assert Job.objects.get(kind="invitation").payload == {"membership": membership.pk}


def test_t9_invitation_out_of_reach_makes_no_account(administrator):
    with pytest.raises(PermissionDenied):
        invite_member(
            email="moi@example.vn",
            full_name="Lò Thị Mới",
            agency=make_agency(),
            role=Role.CASHIER,
            by=administrator,
        )

    assert not User.objects.filter(email="moi@example.vn").exists()


@pytest.fixture
def head(province):
    return make_membership(agency=province, role=Role.UNIT_HEAD, valid_from=clock.today() - DAY)


def test_stand_in_holds_the_role_for_its_days(administrator, head, province):
    deputy = make_member(Role.APPRAISER, province)
    start, end = clock.today() + DAY, clock.today() + 3 * DAY

    appointed = appoint_stand_in(
        membership=head, stand_in=deputy, valid_from=start, valid_to=end, by=administrator
    )

    held = Membership.objects.filter(user=deputy, role=Role.UNIT_HEAD)
    assert (appointed.stands_in_for, appointed.role) == (head, Role.UNIT_HEAD)
    assert [held.active_on(start - DAY).count(), held.active_on(start).count()] == [0, 1]
    assert [held.active_on(end - DAY).count(), held.active_on(end).count()] == [1, 0]


def test_stand_in_ends_with_the_member(administrator, head, province):
    deputy = make_member(Role.APPRAISER, province)
    today = clock.today()
    appointed = appoint_stand_in(
        membership=head, stand_in=deputy, valid_from=today, valid_to=today + DAY, by=administrator
    )

    end_membership(membership=head, by=administrator)

    appointed.refresh_from_db()
    assert not Membership.objects.active().filter(pk=appointed.pk).exists()


def test_t9_administrator_does_not_stand_in_by_own_appointment(administrator, head):
    with pytest.raises(PermissionDenied):
        appoint_stand_in(
            membership=head,
            stand_in=administrator,
            valid_from=clock.today(),
            valid_to=clock.today() + DAY,
            by=administrator,
        )


def test_stand_in_from_outside_is_refused(administrator, head):
    with pytest.raises(ValidationError):
        appoint_stand_in(
            membership=head,
            stand_in=make_member(Role.UNIT_HEAD),
            valid_from=clock.today(),
            valid_to=clock.today() + DAY,
            by=administrator,
        )


def test_stand_in_has_no_stand_in(administrator, head, province):
    deputy, second = (make_member(Role.APPRAISER, province) for _ in range(2))
    days = {"valid_from": clock.today(), "valid_to": clock.today() + DAY}
    appointed = appoint_stand_in(membership=head, stand_in=deputy, by=administrator, **days)

    with pytest.raises(ValidationError):
        appoint_stand_in(membership=appointed, stand_in=second, by=administrator, **days)
