"""`manage.py load_samples`: the sample country, its people and its procedures."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import catalogue
from catalogue.importing.records import ReadRecord
from catalogue.importing.rows import Row
from catalogue.models import Procedure
from catalogue.services.agencies import agency_row, import_agencies, store_agencies
from catalogue.services.import_procedures import import_procedures
from catalogue.services.rules import load_rules
from portal.accounts.services.demo import load_demo_accounts
from portal.serving.demo import demo_accounts, demo_password

SAMPLES = Path(catalogue.__file__).parent / "data" / "samples"
# Earlier than any import of today's catalogue, which then follows as the next version.
EFFECTIVE_FROM = date(2026, 1, 1)


class Command(BaseCommand):
    """Loads agencies, rules, the sample units, accounts and procedures; may be repeated."""

    help = "Load agencies, rules of law, and the sample units, accounts and procedures."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load everything in the order in which it leans on what came before."""
        if settings.PRODUCTION:
            raise CommandError("PRODUCTION is true: demo accounts with one password stay out.")
        country = json.loads((SAMPLES / "country.json").read_text("utf-8"))
        self.stdout.write(f"agencies: {import_agencies()}")
        self.stdout.write(f"rules: {load_rules()}")
        store_agencies(agency_row(row, origin="country.json") for row in country["agencies"])
        accounts = load_demo_accounts(
            accounts=demo_accounts(), password=demo_password(settings.VAR_DIR)
        )
        self.stdout.write(f"demo accounts: {len(accounts)}")
        report = import_procedures(rows=sample_rows(), by=None, effective_from=EFFECTIVE_FROM)
        if report.refused:
            raise CommandError(f"A sample procedure is refused: {report.refused}")
        self.stdout.write(f"procedures: {len(report.created)} new")


def sample_rows() -> list[Row]:
    """Return the sample procedures that the catalogue lacks, as rows of an import.

    One that is there may have been edited or imported since, and stays as it is.
    """
    known = set(Procedure.objects.values_list("code", flat=True))
    rows = []
    for number, path in enumerate(sorted((SAMPLES / "procedures").glob("*.json")), 1):
        document = json.loads(path.read_text("utf-8"))
        agency = document["agencies"]["publishing"]["name"]
        if document["code"] not in known:
            rows.append(Row(number, document["code"], ReadRecord(document, agency, keys_kept=True)))
    return rows
