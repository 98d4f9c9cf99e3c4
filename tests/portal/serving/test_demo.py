from pathlib import Path

from catalogue.enums import Role
from portal.serving.demo import demo_accounts, demo_password


def test_password_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    password = demo_password(tmp_path)

    assert demo_password(tmp_path) == password
    assert len(password) == 19
    assert (tmp_path / "demo-password").stat().st_mode & 0o777 == 0o600


def test_two_installations_have_different_passwords(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert demo_password(tmp_path / "a") != demo_password(tmp_path / "b")


def test_accounts_hold_the_people_of_the_thread() -> None:
    roles = {role for account in demo_accounts() for _, role in account.memberships}

    assert {Role.COUNTER_OFFICER, Role.MINISTRY_EDITOR, Role.MINISTRY_APPROVER} <= roles
    assert any(not account.memberships for account in demo_accounts())
