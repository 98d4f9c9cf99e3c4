"""Giving out the serial numbers of dossier codes."""

import logging
from datetime import date

from django.db import connection, transaction

from catalogue.models import Agency
from catalogue.selectors.rules import rule
from catalogue.services import audit
from onestop.codes import DossierCode, dossier_code

logger = logging.getLogger(__name__)

_TAKE = """
    INSERT INTO onestop_dossiercounter (agency_id, day, last) VALUES (%s, %s, 1)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = onestop_dossiercounter.last + 1
    RETURNING last
"""


def take_code(*, agency: Agency, day: date) -> DossierCode:
    """Take the next dossier code of `agency` on `day`; call it after every other lock is held.

    The counter's row stays locked until the caller's transaction ends, so codes are consecutive
    and a code is never given out twice, also when the transaction fails. Raises
    `SerialsExhausted` above 9,999, and `TransactionManagementError` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("take_code() belongs into a transaction.")
    # One statement creates, locks and counts; the ORM has none for it.
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [agency.pk, day])
        (serial,) = cursor.fetchone()
    code = dossier_code(agency_code=agency.code, day=day, serial=serial)
    if serial == rule("dossier.serial_alert", on=day):
        _alert(agency, day, serial)
    return code


def _alert(agency: Agency, day: date, serial: int) -> None:
    logger.warning("%s has given out %d dossier codes of %s", agency.code, serial, day)
    audit.record(
        by=None,
        action="dossier.codes_running_out",
        target=agency,
        agency=agency,
        note=f"{serial} codes of {day:%Y-%m-%d}",
    )
