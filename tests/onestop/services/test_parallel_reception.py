from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from catalogue.clock import LOCAL_TZ, frozen
from catalogue.models import Agency
from catalogue.services.rules import load_rules
from factories.catalogue import make_agency
from factories.onestop import make_dossier, make_officer, make_version
from onestop.models import Dossier, DossierCounter
from onestop.process import NotPossible
from onestop.scopes import every_dossier
from onestop.selectors.chain import verify_chains
from onestop.services.receive_dossier import receive_dossier

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

OFFICERS = 20
TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=LOCAL_TZ)


def at_once(work: Callable[[Any], Any], arguments: list[Any]) -> list[Any]:
    """Run `work` for each argument at the same moment, each on a connection of its own."""
    barrier = Barrier(len(arguments))

    def run(argument: Any) -> Any:
        try:
            with frozen(TUESDAY):
                barrier.wait()
                return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def make_officers(agency: Agency) -> list[Any]:
    return [make_officer(agency) for _number in range(OFFICERS)]


def test_one_dossier_accepted_by_twenty_officers_gets_one_code() -> None:
    load_rules()
    dossier = make_dossier(agency=make_agency("H18.81"))

    def accept(officer: Any) -> str | None:
        try:
            return receive_dossier(dossier=dossier, by=officer).code
        except NotPossible:
            return None

    codes = at_once(accept, make_officers(dossier.agency))

    assert sorted(code for code in codes if code) == ["H18.81-260609-0001"]
    assert DossierCounter.objects.get().last == 1
    assert list(verify_chains()) == []


def test_twenty_dossiers_accepted_at_once_get_consecutive_codes() -> None:
    load_rules()
    agency, version = make_agency("H18.82"), make_version()
    officers = make_officers(agency)
    dossiers = [make_dossier(agency=agency, version=version) for _officer in officers]

    def accept(pair: tuple[Dossier, Any]) -> str | None:
        return receive_dossier(dossier=pair[0], by=pair[1]).code

    codes = at_once(accept, list(zip(dossiers, officers, strict=True)))

    assert sorted(codes) == [f"H18.82-260609-{serial:04d}" for serial in range(1, 21)]
    with every_dossier():
        assert Dossier.objects.exclude(code=None).count() == OFFICERS
    assert list(verify_chains()) == []
