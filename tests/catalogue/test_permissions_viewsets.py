"""Every address of every viewset, tried by an administrator of another province."""

from datetime import date

import pytest
from django.urls import NoReverseMatch, reverse

from catalogue.enums import JobState, Level, ReportedPart, Role
from catalogue.interfaces.admin import VIEWSETS as CATALOGUE_VIEWSETS
from catalogue.models import (
    Agency,
    AuditEntry,
    ContentReport,
    FormerCode,
    ImportDoubt,
    Job,
    LegalAct,
    Membership,
    Rule,
)
from catalogue.services.audit import record
from catalogue.services.former_codes import add_former_code
from factories.catalogue import (
    make_agency,
    make_member,
    make_membership,
    make_operator,
    make_procedure,
    make_version,
)
from factories.editors_search import make_promoted, make_synonym
from search.interfaces.admin import VIEWSETS as SEARCH_VIEWSETS
from search.models import MissingAnswer, PromotedAnswer, Synonym

pytestmark = pytest.mark.django_db
SECRET = "Tên-không-được-lộ"
VIEWSETS = (*CATALOGUE_VIEWSETS, *SEARCH_VIEWSETS)


def store_agency(agency):
    return agency


def store_membership(agency):
    return make_membership(agency=agency, role=Role.CASHIER)


def store_entry(agency):
    return record(by=None, action="test.act", target=agency, agency=agency, note=SECRET)


def store_rule(agency):
    return Rule.objects.create(
        key=SECRET, value=1, valid_from=date(2020, 1, 1), article="D61 art. 1"
    )


def store_job(agency):
    return Job.objects.create(kind=SECRET, state=JobState.DEAD, last_error=SECRET)


def store_act(agency):
    return LegalAct.objects.create(number=SECRET, agency=agency)


def store_report(agency):
    return ContentReport.objects.create(
        version=make_version(name=SECRET), agency=agency, part=ReportedPart.FEE, message=SECRET
    )


def store_former_code(agency):
    procedure = make_procedure(agency, name=SECRET)
    return add_former_code(code="8.000001", procedure=procedure, by=make_operator())


def store_doubt(agency):
    page = make_procedure(agency)
    return ImportDoubt.objects.create(procedure=page, rule="nhóm", place="/steps/0", text=SECRET)


def store_synonym(agency):
    return make_synonym(agency, says=SECRET, query=SECRET)


def store_promoted(agency):
    return make_promoted(agency, phrases=SECRET, message=SECRET)


def store_missing(agency):
    return MissingAnswer.objects.create(query=SECRET, note=SECRET)


OBJECTS = {
    Synonym: store_synonym,
    PromotedAnswer: store_promoted,
    MissingAnswer: store_missing,
    ImportDoubt: store_doubt,
    ContentReport: store_report,
    FormerCode: store_former_code,
    LegalAct: store_act,
    Agency: store_agency,
    Membership: store_membership,
    AuditEntry: store_entry,
    Rule: store_rule,
    Job: store_job,
}
ADDRESSES = [
    pytest.param(viewset, pattern, id=f"{viewset.name}-{pattern.name}")
    for viewset in VIEWSETS
    for pattern in viewset.get_urlpatterns()
]


@pytest.fixture
def foreign_agency():
    agency = make_agency(name=SECRET)
    member = make_membership(agency=agency, role=Role.AGENCY_ADMINISTRATOR).user
    member.full_name = SECRET
    member.save()
    return agency


@pytest.fixture
def stranger():
    return make_member(Role.AGENCY_ADMINISTRATOR, make_agency())


def address_of(viewset, pattern, pk):
    name = f"{viewset.name}:{pattern.name}"
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[pk])


def test_every_viewset_is_tried():
    assert {viewset.model for viewset in VIEWSETS} == set(OBJECTS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("viewset", "pattern"), ADDRESSES)
def test_t4_stranger_sees_nothing(client, foreign_agency, stranger, viewset, pattern, method):
    instance = OBJECTS[viewset.model](foreign_agency)
    before = viewset.model.objects.values().get(pk=instance.pk)
    client.force_login(stranger)
    address = address_of(viewset, pattern, instance.pk)

    response = getattr(client, method)(address)

    if address.rstrip("/").endswith(str(instance.pk)):
        assert response.status_code in {302, 403, 404}
        assert response.status_code != 302 or response["Location"] == "/quan-tri/"
    assert SECRET not in response.content.decode()
    assert viewset.model.objects.values().get(pk=instance.pk) == before


@pytest.mark.parametrize(("viewset", "pattern"), ADDRESSES)
def test_t4_stranger_finds_nothing_by_search(client, foreign_agency, stranger, viewset, pattern):
    OBJECTS[viewset.model](foreign_agency)
    client.force_login(stranger)

    response = client.get(address_of(viewset, pattern, 0), {"q": SECRET})

    if response.status_code == 200 and "object_list" in (response.context or {}):
        assert list(response.context["object_list"]) == []


@pytest.mark.parametrize(("viewset", "pattern"), ADDRESSES)
def test_anonymous_is_sent_to_the_log_in(client, foreign_agency, viewset, pattern):
    instance = OBJECTS[viewset.model](foreign_agency)

    response = client.get(address_of(viewset, pattern, instance.pk))

    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/dang-nhap")


@pytest.mark.parametrize(("viewset", "pattern"), ADDRESSES)
def test_operator_opens_every_address(client, foreign_agency, viewset, pattern):
    instance = OBJECTS[viewset.model](foreign_agency)
    client.force_login(make_operator())

    response = client.get(address_of(viewset, pattern, instance.pk))

    assert response.status_code == (405 if pattern.name in {"retry", "settle"} else 200)


def test_administrator_sees_the_own_tree(client, foreign_agency):
    province = make_agency(name="Tỉnh nhà")
    make_agency(name="Xã nhà", parent=province, level=Level.COMMUNE)
    client.force_login(make_member(Role.AGENCY_ADMINISTRATOR, province))

    response = client.get(reverse("agencies:index"))

    assert [agency.name for agency in response.context["object_list"]] == ["Tỉnh nhà", "Xã nhà"]


@pytest.mark.parametrize("query", ["dien bien", "Điện Biên", "ĐIỆN  BIÊN", "bien dien"])
def test_agencies_are_found_without_accents(client, query):
    wanted = make_agency(name="Ủy ban nhân dân tỉnh Điện Biên")
    make_agency(name="Ủy ban nhân dân tỉnh Lai Châu")
    client.force_login(make_operator())

    response = client.get(reverse("agencies:index"), {"q": query})

    assert list(response.context["object_list"]) == [wanted]
