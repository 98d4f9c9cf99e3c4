"""Wagtail's groups and page permissions, derived from memberships and from nothing else."""

from collections import defaultdict
from collections.abc import Collection as Ids
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as AuthPermission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from catalogue import clock
from catalogue.models import Agency, AgencyPage, Membership
from catalogue.permissions import ROLE_PERMISSIONS, Permission, roles_with

STAFF = "staff"
STAFF_ROLES = [role for role, permissions in ROLE_PERMISSIONS.items() if permissions]
# Nobody has "publish": only a publication decision publishes (D63 art. 15).
EDITOR_PAGE_PERMISSIONS = ("add_page", "change_page")
EDITOR_FILE_PERMISSIONS = ("add_image", "choose_image", "add_document", "choose_document")


@dataclass(frozen=True)
class _Wanted:
    """The groups that there must be, and who must be in each."""

    editors_of: dict[str, Agency]
    groups_of: dict[int, set[str]]


@transaction.atomic
def sync_rights(*, user_ids: Ids[int] | None = None) -> int:
    """Make groups, their permissions, their members and `is_staff` what memberships say today.

    Without `user_ids` everybody is looked at, groups nobody needs are removed, and permissions
    given by hand are taken away. Returns how many users and groups changed. Idempotent.
    """
    wanted = _wanted_on(clock.today(), user_ids)
    changed = _store_staff_group() + sum(
        _store_editors(name, agency) for name, agency in wanted.editors_of.items()
    )
    changed += sum(_store_users(wanted.groups_of, user_ids))
    if user_ids is None:
        changed += _remove_what_was_given_by_hand(wanted)
    return changed


@transaction.atomic
def sync_page_rights(*, agency: Agency) -> None:
    """Give the editors of `agency`, and of those above it, their rights on its new page."""
    codes = [code for code in agency.path.split("/") if code]
    for editing in Agency.objects.filter(code__in=codes):
        group = Group.objects.filter(name=_editors_of(editing)).first()
        if group is not None:
            _store_page_permissions(group, _pages_of(editing))


def _wanted_on(day: date, user_ids: Ids[int] | None) -> _Wanted:
    memberships = Membership.objects.active_on(day).filter(role__in=STAFF_ROLES)
    if user_ids is not None:
        memberships = memberships.filter(user_id__in=user_ids)
    editing = roles_with(Permission.EDIT_PROCEDURES)
    editors_of: dict[str, Agency] = {}
    groups_of: dict[int, set[str]] = defaultdict(set)
    for membership in memberships.select_related("agency"):
        groups_of[membership.user_id].add(STAFF)
        if membership.role in editing:
            name = _editors_of(membership.agency)
            editors_of[name] = membership.agency
            groups_of[membership.user_id].add(name)
    return _Wanted(editors_of, groups_of)


def _store_staff_group() -> int:
    group, created = Group.objects.get_or_create(name=STAFF)
    access = AuthPermission.objects.get(
        codename="access_admin", content_type__app_label="wagtailadmin"
    )
    if [access] == list(group.permissions.all()):
        return int(created)
    group.permissions.set([access])
    return 1


def _store_editors(name: str, agency: Agency) -> int:
    group, created = Group.objects.get_or_create(name=name)
    changed = _store_page_permissions(group, _pages_of(agency))
    return int(created or changed or _store_file_permissions(group, agency))


def _editors_of(agency: Agency) -> str:
    return f"{agency.code} · editors"


def _pages_of(agency: Agency) -> list[int]:
    pages = AgencyPage.objects.filter(agency__path__startswith=agency.path)
    return list(pages.values_list("pk", flat=True))


def _store_page_permissions(group: Group, pages: Iterable[int]) -> bool:
    permissions = AuthPermission.objects.filter(
        codename__in=EDITOR_PAGE_PERMISSIONS, content_type__app_label="wagtailcore"
    ).values_list("pk", flat=True)
    wanted = {(page, permission) for page in pages for permission in permissions}
    stored = {
        (row.page_id, row.permission_id): row
        for row in GroupPagePermission.objects.filter(group=group)
    }
    extra = [row.pk for key, row in stored.items() if key not in wanted]
    missing = wanted - stored.keys()
    GroupPagePermission.objects.filter(pk__in=extra).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in sorted(missing)
    )
    return bool(extra or missing)


def _store_file_permissions(group: Group, agency: Agency) -> bool:
    collection = _collection_of(agency)
    permissions = set(
        AuthPermission.objects.filter(
            codename__in=EDITOR_FILE_PERMISSIONS,
            content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        ).values_list("pk", flat=True)
    )
    rows = GroupCollectionPermission.objects.filter(group=group)
    removed, _by_model = rows.exclude(collection=collection, permission_id__in=permissions).delete()
    missing = permissions - set(rows.values_list("permission_id", flat=True))
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=collection, permission_id=permission)
        for permission in sorted(missing)
    )
    return bool(removed or missing)


def _collection_of(agency: Agency) -> Collection:
    root = Collection.get_first_root_node()
    prefix = f"{agency.code} · "
    found = root.get_children().filter(name__startswith=prefix).first()
    return found or root.add_child(name=f"{prefix}{agency.name}"[:255])


def _store_users(groups_of: dict[int, set[str]], user_ids: Ids[int] | None) -> Iterable[bool]:
    user_model = get_user_model()
    users = user_model._default_manager.prefetch_related("groups")
    if user_ids is not None:
        users = users.filter(pk__in=user_ids)
    else:
        users = users.filter(Q(groups__isnull=False) | Q(is_staff=True) | Q(pk__in=groups_of))
    groups = {group.name: group for group in Group.objects.all()}
    for user in users.distinct():
        wanted = groups_of.get(user.pk, set())
        moved = wanted != {group.name for group in user.groups.all()}
        if moved:
            user.groups.set([groups[name] for name in wanted])
        # An operator stays staff; memberships decide for everybody else.
        is_staff = STAFF in wanted or user.is_superuser
        if is_staff != user.is_staff:
            user_model._default_manager.filter(pk=user.pk).update(is_staff=is_staff)
        yield moved or is_staff != user.is_staff


def _remove_what_was_given_by_hand(wanted: _Wanted) -> int:
    groups, _by_model = Group.objects.exclude(name__in=[STAFF, *wanted.editors_of]).delete()
    permissions, _by_model = get_user_model().user_permissions.through.objects.all().delete()
    return groups + permissions
