from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import ScopeError

from catalogue import clock
from catalogue.models import AuditEntry
from catalogue.permissions import Permission
from catalogue.scoping import scoped_to
from factories.catalogue import make_agency, make_user
from factories.onestop import make_dossier, make_officer, make_received_dossier
from onestop.models import Dossier, DossierEvent, EventPayload
from onestop.scopes import every_dossier
from onestop.selectors.desk import counted_lanes, desk_dossiers

pytestmark = [pytest.mark.usefixtures("rules"), pytest.mark.both_databases]


@pytest.fixture
def theirs(rules: None) -> Dossier:
    agency = make_agency("H19.1")
    return make_received_dossier(
        agency=agency, by=make_officer(agency), name="Vừ Thị Mỷ", file_name="giay.pdf"
    )


@pytest.fixture
def officer(rules: None) -> Any:
    return make_officer(make_agency("H18.91"))


@pytest.fixture
def desk(client: Client, officer: Any) -> Client:
    client.force_login(officer)
    return client


def addresses_of(dossier: Dossier) -> list[str]:
    file = dossier.submission.draft.attachments.get()
    page = f"/mot-cua/{dossier.pk}"
    return [page, f"/en{page}", f"{page}/mau-01.pdf", f"{page}/tep/{file.pk}"]


# T1
def test_dossier_of_another_province_is_not_found_and_recorded(
    desk: Client, officer: Any, theirs: Dossier
) -> None:
    addresses = addresses_of(theirs)

    answers = [desk.get(address).status_code for address in addresses]
    answers.append(desk.post(f"/mot-cua/{theirs.pk}/tiep-nhan").status_code)

    assert answers == [404] * 5
    entries = AuditEntry.objects.filter(action="dossier.access_refused")
    assert [entry.user_id for entry in entries] == [officer.pk] * 5
    assert {entry.object_id for entry in entries} == {str(theirs.pk)}
    assert {entry.agency_code for entry in entries} == {"H19.1"}
    assert {entry.note for entry in entries} == {
        "onestop:dossier",
        "onestop:receipt",
        "onestop:attachment",
        "onestop:receive",
    }


# T1
def test_dossier_of_another_province_answers_like_one_that_does_not_exist(
    desk: Client, theirs: Dossier
) -> None:
    foreign = desk.get(f"/mot-cua/{theirs.pk}")
    missing = desk.get("/mot-cua/999999999")

    assert foreign.status_code == missing.status_code == 404
    assert AuditEntry.objects.filter(action="dossier.access_refused").count() == 1


# T1
@pytest.mark.parametrize("muc", ["waiting", "received", "today", "overdue"])
def test_search_finds_nothing_of_another_province(desk: Client, theirs: Dossier, muc: str) -> None:
    for typed in (theirs.code, theirs.submission.number, "vu thi my", "Vừ", ""):
        response = desk.get("/mot-cua/", {"muc": muc, "q": typed})

        assert response.context["rows"] == []
        assert "Vừ Thị Mỷ" not in response.content.decode()


# T1
def test_file_of_another_province_is_not_reached_through_an_own_dossier(
    desk: Client, officer: Any, theirs: Dossier
) -> None:
    own = make_dossier(agency=officer.memberships.get().agency)
    file = theirs.submission.draft.attachments.get()

    assert desk.get(f"/mot-cua/{own.pk}/tep/{file.pk}").status_code == 404


# T2
@pytest.mark.parametrize("model", [Dossier, DossierEvent, EventPayload])
def test_query_without_a_scope_raises(theirs: Dossier, model: Any) -> None:
    queries = [
        model.objects.count,
        model.objects.all,
        lambda: model.objects.get(pk=1),
        lambda: list(model.objects.filter(pk=1)),
        model.objects.update,
        theirs.agency.dossiers.count,
    ]

    for query in queries:
        with pytest.raises(ScopeError):
            list(query())


# T2
def test_counts_do_not_leak(officer: Any, theirs: Dossier) -> None:
    assert [lane.count for lane in counted_lanes(officer, clock.now())] == [0, 0, 0, 0]
    assert not desk_dossiers(officer).exists()


# T2
def test_scope_reaches_events_and_payloads(officer: Any, theirs: Dossier) -> None:
    with scoped_to(officer, Permission.VIEW_DOSSIERS):
        mine = [model.objects.count() for model in (Dossier, DossierEvent, EventPayload)]
    with every_dossier():
        all_of_them = [model.objects.count() for model in (Dossier, DossierEvent, EventPayload)]

    assert (mine, all_of_them) == ([0, 0, 0], [1, 2, 2])


# T2
def test_scope_of_somebody_without_rights_is_empty(theirs: Dossier) -> None:
    with scoped_to(make_user(), Permission.VIEW_DOSSIERS):
        assert Dossier.objects.count() == 0


def test_officer_whose_membership_ended_sees_nothing(client: Client, theirs: Dossier) -> None:
    former = make_officer(theirs.agency)
    former.memberships.update(valid_to=clock.today() - timedelta(days=1))
    client.force_login(former)

    assert client.get(f"/mot-cua/{theirs.pk}").status_code == 403
