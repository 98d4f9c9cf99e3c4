from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as AuthPermission
from wagtail.models import GroupPagePermission, Page

from catalogue import clock
from catalogue.enums import Level, Role
from catalogue.services.procedures import agency_page
from catalogue.services.rights import sync_rights
from factories.catalogue import make_agency, make_member, make_membership, make_user
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ministry():
    return make_agency(level=Level.MINISTRY)


@pytest.mark.both_databases
def test_editor_may_add_and_change_under_the_own_page_and_never_publish(ministry):
    page = agency_page(ministry)

    editor = make_member(Role.MINISTRY_EDITOR, ministry)

    rights = page.permissions_for_user(editor)
    assert rights.can_add_subpage()
    assert not rights.can_publish_subpage()
    assert set(
        GroupPagePermission.objects.filter(group__user=editor).values_list(
            "page", "permission__codename"
        )
    ) == {(page.pk, "add_page"), (page.pk, "change_page")}


def test_t3_editor_has_no_right_on_another_ministry(ministry):
    other = agency_page(make_agency(level=Level.MINISTRY))

    editor = make_member(Role.MINISTRY_EDITOR, ministry)

    rights = other.permissions_for_user(editor)
    assert not rights.can_add_subpage()
    assert not rights.can_edit()
    assert not rights.can_delete()


@pytest.mark.parametrize("above", [False, True])
def test_page_made_after_the_membership_is_taken_up(ministry, above):
    editor = make_member(Role.MINISTRY_EDITOR, ministry)
    agency = make_agency(parent=ministry, level=Level.MINISTRY) if above else ministry

    page = agency_page(agency)

    assert page.permissions_for_user(User.objects.get(pk=editor.pk)).can_add_subpage()


def test_sync_rights_changes_nothing_the_second_time(ministry):
    agency_page(ministry)
    make_membership(agency=ministry, role=Role.MINISTRY_EDITOR)
    sync_rights()

    assert sync_rights() == 0


def test_rights_follow_the_calendar(ministry):
    membership = make_membership(
        agency=ministry,
        role=Role.MINISTRY_EDITOR,
        valid_from=clock.today() + DAY,
        valid_to=clock.today() + 2 * DAY,
    )
    staff = []

    for days in range(3):
        with clock.frozen(clock.now() + days * DAY):
            sync_rights()
        staff.append(User.objects.get(pk=membership.user_id).is_staff)

    assert staff == [False, True, False]


@pytest.mark.parametrize("role", [Role.HELPER, Role.POSTAL_AGENT])
def test_role_without_permissions_makes_no_staff(role):
    assert not make_member(role).is_staff


def test_t9_what_is_given_by_hand_is_taken_away(ministry):
    editor = make_member(Role.MINISTRY_EDITOR, ministry)
    group = Group.objects.create(name="Moderators of everything")
    editor.groups.add(group)
    editor.user_permissions.add(AuthPermission.objects.get(codename="add_user"))
    publish = AuthPermission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(
        group=editor.groups.get(name__endswith="editors"),
        page=Page.get_first_root_node(),
        permission=publish,
    )

    sync_rights()

    assert not Group.objects.filter(pk=group.pk).exists()
    assert not editor.user_permissions.exists()
    assert not GroupPagePermission.objects.filter(permission=publish).exists()


def test_t9_staff_flag_set_by_hand_is_taken_away():
    user = make_user(is_staff=True)

    sync_rights()

    user.refresh_from_db()
    assert not user.is_staff
