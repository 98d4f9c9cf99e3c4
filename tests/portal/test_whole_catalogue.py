import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

import catalogue
from catalogue import clock
from catalogue.importing.rows import RowFile
from catalogue.services.agencies import import_agencies
from catalogue.services.import_procedures import import_procedures
from formbuilder.selectors.forms import compiled_form, form_in_force
from search.selectors import search_procedures
from search.services import apply_changes, check_index

CORPUS = Path(catalogue.__file__).parents[2] / "shared" / "data" / "procedures" / "procedures.jsonl"
PROCEDURES = 2_832

Timed = Callable[[str], AbstractContextManager[None]]

pytestmark = [
    pytest.mark.long,
    pytest.mark.both_databases,
    pytest.mark.timeout(3_600),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def timed(record_testsuite_property: Callable[[str, object], None]) -> Timed:
    """Write the seconds of a block into the report of the run."""

    @contextmanager
    def measure(name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        record_testsuite_property(name, f"{time.monotonic() - started:.0f} s")

    return measure


def statuses(client: Client, addresses: list[str]) -> Counter[int]:
    return Counter(client.get(address).status_code for address in addresses)


if CORPUS.exists():  # beside a working copy of the project; there is nothing to read elsewhere

    def test_every_real_procedure_is_imported_found_read_and_asked(
        client: Client, timed: Timed
    ) -> None:
        import_agencies()
        call_command("load_rules", verbosity=0)

        with timed("import"):
            report = import_procedures(rows=RowFile(CORPUS), by=None, effective_from=clock.today())
        with timed("import again"):
            again = import_procedures(rows=RowFile(CORPUS), by=None, effective_from=clock.today())
        with timed("index"):
            while apply_changes():
                pass
        index = check_index()
        codes = report.created
        with timed("pages"):
            pages = statuses(client, [f"/thu-tuc/{code}" for code in codes])
        with timed("forms"):
            starts = statuses(client, [f"/thu-tuc/{code}/nop" for code in codes])
            for code in codes:
                Draft202012Validator.check_schema(compiled_form(form_in_force(code)).data)

        assert (report.refused, len(set(codes))) == ([], PROCEDURES)
        assert len(again.unchanged) == PROCEDURES
        assert (index.documents, index.waiting, index.differing) == (PROCEDURES, 0, [])
        assert pages == starts == {200: PROCEDURES}
        assert search_procedures("dang ky ket hon").items[0].name == "Thủ tục đăng ký kết hôn"
