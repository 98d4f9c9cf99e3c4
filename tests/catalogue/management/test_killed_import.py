import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from wagtail.models import Page, Revision

from catalogue.models import (
    DecisionItem,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
    RawRecord,
)
from factories.catalogue import make_ministry
from formbuilder.models import FormVersion

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases,
    pytest.mark.timeout(120),
]

ROOT = Path(__file__).parents[3]
RECORDS = 400
PATIENCE_SECONDS = 60


def records(path: Path) -> Path:
    record = {
        "name": "Cấp giấy nuôi ong",
        "field": "Chăn nuôi",
        "publishing_agency": "Bộ Thử nghiệm",
        "dossier": [{"case": None, "documents": [{"name": "Đơn", "original": 1, "copy": 0}]}],
    }
    lines = (
        json.dumps(record | {"code": f"1.99{n:04d}", "decision_number": f"{n % 7}/QĐ-BTN"})
        for n in range(RECORDS)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def start(path: Path, folder: Path) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in (".", "site", "tests")),
    }
    with (folder / "import.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "import_procedures", str(path)],
            env=environment,
            stdout=log,
            stderr=log,
        )


def test_killed_import_is_finished_by_the_next_one_and_nothing_is_doubled(tmp_path: Path) -> None:
    make_ministry("G99", "Bộ Thử nghiệm")
    path = records(tmp_path / "records.jsonl")

    killed_at = []
    for target in (1, 150):
        process = start(path, tmp_path)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while Procedure.objects.count() < target:
            assert process.poll() is None, (tmp_path / "import.log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed_at.append(Procedure.objects.count())
    assert start(path, tmp_path).wait(PATIENCE_SECONDS) == 0

    assert killed_at[0] < killed_at[1] < RECORDS
    for model in (Procedure, ProcedureVersion, FormVersion, RawRecord, DecisionItem, Revision):
        assert model.objects.count() == RECORDS, model
    assert ProcedureVersion.objects.entered().count() == RECORDS
    assert PublicationDecision.objects.count() == 7
    assert Page.find_problems() == ([], [], [], [], [])
