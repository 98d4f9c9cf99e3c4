import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

SAFE = {
    "PRODUCTION": "true",
    "SECRET_KEY": "s" * 60,
    "ALLOWED_HOSTS": "mot-cua.example",
    "PUBLIC_URL": "https://mot-cua.example",
    "EMAIL_URL": "smtp+tls://mail.example:587",
}
ASK = """
import django
from django.conf import settings
from django.test import Client
django.setup()
for path in ("/healthz", "/tai-khoan/dang-nhap"):
    answer = Client().get(path, headers={"host": "mot-cua.example"})
    print(answer.status_code, answer.headers.get("Location"))
answer = Client().get("/healthz", secure=True, headers={"host": "mot-cua.example"})
print(answer.headers["Strict-Transport-Security"])
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.DEBUG)
"""


def run(var_dir: Path, code: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    values = {**SAFE, "VAR_DIR": str(var_dir), **changes}
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{settings.BASE_DIR / 'site'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        **{name: value for name, value in values.items() if value is not None},
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_d5_production_speaks_https_and_answers_probes_without_it(tmp_path: Path) -> None:
    told = run(tmp_path / "var", ASK)

    assert told.stdout.splitlines() == [
        "200 None",
        "301 https://mot-cua.example/tai-khoan/dang-nhap",
        "max-age=31536000; includeSubDomains; preload",
        "True True False",
    ], told.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "EMAIL_URL"])
def test_d1_production_starts_with_nothing_guessed(tmp_path: Path, name: str) -> None:
    refused = run(tmp_path / "var", "import portal.settings", **{name: None})

    assert refused.returncode != 0
    assert name in refused.stderr


def test_d8_what_the_product_writes_is_for_its_own_account(tmp_path: Path) -> None:
    run(tmp_path / "new" / "var", "import portal.settings")

    assert stat.S_IMODE((tmp_path / "new" / "var").stat().st_mode) == 0o700


def test_a12_demo_accounts_stay_out_of_production(settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="demo accounts"):
        call_command("load_samples")
