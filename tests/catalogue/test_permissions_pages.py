"""Every page address of Wagtail's admin, tried on another ministry's procedure."""

import pytest
from django.urls import reverse
from wagtail.admin.urls.pages import urlpatterns
from wagtail.models import Page

from catalogue.enums import Level, Role
from catalogue.services.procedures import agency_page, write_procedure
from factories.catalogue import make_agency, make_member
from factories.search import make_document

pytestmark = pytest.mark.django_db
SECRET = "Thủ tục không được lộ"
# Answers whether a workflow runs, with no word about the page.
SAYS_NOTHING = "confirm_workflow_cancellation"
# Addresses that take nothing but the page.
NAMES = [
    pattern.name
    for pattern in urlpatterns
    if str(pattern.pattern).count("<") == 1 and "<int:page_id>" in str(pattern.pattern)
]


@pytest.fixture
def procedure():
    page = agency_page(make_agency(level=Level.MINISTRY, name="Bộ khác"))
    return write_procedure(document=make_document("1.999999", SECRET), parent=page, procedure=None)


@pytest.fixture
def editor(client):
    ministry = make_agency(level=Level.MINISTRY)
    agency_page(ministry)
    user = make_member(Role.MINISTRY_EDITOR, ministry)
    client.force_login(user)
    return user


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", NAMES)
def test_t3_t4_editor_of_another_ministry_is_refused(client, procedure, name, method):
    before = Page.objects.values().get(pk=procedure.pk)
    address = reverse(f"wagtailadmin_pages:{name}", args=[procedure.pk])

    response = getattr(client, method)(address)

    assert response.status_code in {302, 403, 404, 405} or name == SAYS_NOTHING
    assert SECRET not in response.content.decode()
    assert Page.objects.values().get(pk=procedure.pk) == before


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("query", ["", "?q=lộ"])
@pytest.mark.parametrize("name", ["wagtailadmin_explore_root", "wagtailadmin_pages:search"])
def test_t4_lists_do_not_name_what_is_outside(client, procedure, name, query):
    response = client.get(reverse(name) + query, follow=True)

    assert SECRET not in response.content.decode()


@pytest.mark.usefixtures("editor")
def test_t4_explorer_below_the_other_ministry_is_closed(client, procedure):
    parent = procedure.get_parent()

    response = client.get(reverse("wagtailadmin_explore", args=[parent.pk]), follow=True)

    assert SECRET not in response.content.decode()


@pytest.mark.usefixtures("editor")
def test_t4_no_address_of_the_admin_names_a_page_outside(client, procedure):
    addresses = [
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[procedure.get_parent().pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=lộ",
        reverse("wagtailadmin_pages:move_confirm", args=[procedure.pk, procedure.get_parent().pk]),
        reverse("wagtailadmin_reports:page_types_usage"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        + f"?id={procedure.pk}",
        reverse("wagtailadmin_api:pages:listing"),
        reverse("wagtailadmin_api:pages:detail", args=[procedure.pk]),
    ]

    told = [address for address in addresses if SECRET in client.get(address).content.decode()]

    assert told == []


def test_t4_editor_sees_the_own_pages_in_the_api_and_as_draft(client, editor):
    parent = agency_page(editor.memberships.get().agency)
    own = write_procedure(document=make_document("1.999998"), parent=parent, procedure=None)

    listed = client.get(reverse("wagtailadmin_api:pages:listing")).json()
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[own.pk]))

    assert own.pk in [page["id"] for page in listed["items"]]
    assert draft.status_code == 200


def test_t3_not_even_the_operator_unpublishes_outside_a_decision(admin_client, procedure):
    Page.objects.filter(pk=procedure.pk).update(live=True)

    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[procedure.pk]))

    assert Page.objects.get(pk=procedure.pk).live
