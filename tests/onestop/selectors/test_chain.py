from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from factories.catalogue import make_agency
from factories.onestop import make_dossier, make_officer, make_received_dossier
from onestop.models import Dossier, DossierEvent, EventPayload
from onestop.models.event import AppendOnly
from onestop.scopes import every_dossier
from onestop.selectors.chain import verify_chain

pytestmark = [pytest.mark.usefixtures("rules"), pytest.mark.both_databases]


@pytest.fixture
def dossier(rules: None) -> Dossier:
    agency = make_agency()
    return make_received_dossier(agency=agency, by=make_officer(agency))


def tamper(sql: str, *values: object) -> None:
    """Do what somebody with the database's password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE onestop_dossierevent DISABLE TRIGGER USER")
        cursor.execute(sql, values)


def problems(dossier: Dossier) -> list[str]:
    dossier.refresh_from_db()
    return [fault.problem for fault in verify_chain(dossier)]


def test_chain_as_recorded_has_no_faults(dossier: Dossier) -> None:
    assert verify_chain(dossier) == []


def test_chain_with_a_changed_payload(dossier: Dossier) -> None:
    with every_dossier():
        row = EventPayload.objects.get(dossier=dossier, seq=1)
    row.payload["submission"] = "N-000000-0000"
    row.save()

    assert problems(dossier) == ["its content was changed"]


def test_chain_with_erased_content_still_verifies(dossier: Dossier) -> None:
    with every_dossier():
        EventPayload.objects.filter(dossier=dossier).delete()

    assert problems(dossier) == []


def test_chain_with_a_changed_event(dossier: Dossier) -> None:
    tamper("UPDATE onestop_dossierevent SET by_id = 12345 WHERE seq = 1")

    assert problems(dossier) == ["does not follow from the event before"]


def test_chain_with_a_changed_last_event(dossier: Dossier) -> None:
    tamper("UPDATE onestop_dossierevent SET by_id = 12345 WHERE seq = 2")

    assert problems(dossier) == ["is not the recorded head of the chain"]


def test_chain_with_a_removed_event(dossier: Dossier) -> None:
    tamper("DELETE FROM onestop_dossierevent WHERE seq = 1")

    assert problems(dossier) == ["event 1 is missing"]


def test_chain_without_its_last_event(dossier: Dossier) -> None:
    tamper("DELETE FROM onestop_dossierevent WHERE seq = 2")

    assert "is not the recorded head of the chain" in problems(dossier)


def test_columns_that_differ_from_the_replay(dossier: Dossier) -> None:
    with every_dossier():
        Dossier.objects.filter(pk=dossier.pk).update(due_stated=True)

    assert problems(dossier) == ["replay gives another due_stated"]


def test_event_is_never_changed_or_removed(dossier: Dossier) -> None:
    with every_dossier():
        event = DossierEvent.objects.get(dossier=dossier, seq=1)
        attempts = [
            event.save,
            event.delete,
            DossierEvent.objects.filter(dossier=dossier).delete,
            lambda: DossierEvent.objects.filter(dossier=dossier).update(kind="received"),
            lambda: DossierEvent.objects.bulk_update([event], ["kind"]),
        ]
        for attempt in attempts:
            with pytest.raises(AppendOnly):
                attempt()


def test_command_verifies_every_dossier(dossier: Dossier) -> None:
    make_dossier()
    out = StringIO()

    call_command("dossiers", "verify", stdout=out)

    assert "2 dossiers verified." in out.getvalue()


def test_command_names_the_faults(dossier: Dossier) -> None:
    with every_dossier():
        Dossier.objects.filter(pk=dossier.pk).update(due_stated=True)
    err = StringIO()

    with pytest.raises(CommandError, match="1 faults in the history of 1 dossiers"):
        call_command("dossiers", "verify", stderr=err)

    assert f"dossier {dossier.pk}, event 2: replay gives another due_stated" in err.getvalue()
