import pytest
from django_scopes import ScopedManager, ScopeError

from catalogue.enums import Level, Role
from catalogue.models import Membership
from catalogue.permissions import Permission
from catalogue.scoping import scoped_to
from factories.catalogue import make_agency, make_member, make_membership, make_operator

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def rows():
    manager = ScopedManager(agency="agency_id")
    manager.model = Membership
    return manager


def test_t2_query_without_a_scope_raises(rows):
    with pytest.raises(ScopeError):
        rows.count()


def test_t2_scope_ends_with_its_block(rows):
    with scoped_to(make_operator(), Permission.VIEW_DOSSIERS):
        rows.count()

    with pytest.raises(ScopeError):
        rows.count()


def test_t1_officer_gets_the_own_agency_and_those_under_it(rows):
    province = make_agency()
    commune = make_agency(parent=province, level=Level.COMMUNE)
    officer = make_member(Role.UNIT_HEAD, province)
    make_membership(agency=commune)
    make_membership()

    with scoped_to(officer, Permission.VIEW_DOSSIERS):
        agencies = {row.agency for row in rows.all()}

    assert agencies == {province, commune}


def test_t1_member_without_the_permission_gets_nothing(rows):
    editor = make_member(Role.PROVINCE_EDITOR)

    with scoped_to(editor, Permission.VIEW_DOSSIERS):
        assert rows.count() == 0


def test_operator_gets_everything(rows):
    make_membership()
    make_membership()

    with scoped_to(make_operator(), Permission.VIEW_DOSSIERS):
        assert rows.count() == 2
