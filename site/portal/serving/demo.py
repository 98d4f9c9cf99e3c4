"""The accounts of the sample country and the password that opens them on this machine alone."""

import json
import secrets
from pathlib import Path

from django.apps import apps

from catalogue.enums import Role
from portal.accounts.services.demo import DemoAccount
from portal.kept_secret import kept_secret

PASSWORD_FILE = "demo-password"  # noqa: S105 - the name of a file


def demo_accounts() -> list[DemoAccount]:
    """Return the accounts that `load_samples` creates."""
    folder = Path(apps.get_app_config("catalogue").path)
    country = json.loads((folder / "data" / "samples" / "country.json").read_text())
    return [
        DemoAccount(
            account["email"],
            account["full_name"],
            tuple((agency, Role(role)) for agency, role in account["memberships"]),
        )
        for account in country["accounts"]
    ]


def demo_password(var_dir: Path) -> str:
    """Return the password of all demo accounts, made once and kept in `var_dir` for its owner."""
    return kept_secret(var_dir / PASSWORD_FILE, _new_password)


def _new_password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))
