from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog

from factories.accounts import PASSWORD, make_account
from portal.accounts import lockout
from portal.accounts.services.passwords import choose_password

pytestmark = pytest.mark.django_db
LOG_IN = "/tai-khoan/dang-nhap"
WRONG = "wrong password"


def log_in(client, login, password=PASSWORD, address="198.51.100.1"):
    return client.post(LOG_IN, {"login": login, "password": password}, REMOTE_ADDR=address)


def is_in(client):
    return "_auth_user_id" in client.session


def test_a2_five_wrong_tries_lock_the_account_for_the_address(client):
    user = make_account()

    answers = [log_in(client, user.email, WRONG).status_code for _ in range(5)]
    log_in(client, user.email)

    assert answers == [200, 200, 200, 200, 429]
    assert not is_in(client)


def test_a2_owner_elsewhere_is_not_locked(client):
    user = make_account()
    for _ in range(6):
        log_in(client, user.email, WRONG)

    log_in(client, user.email, address="203.0.113.9")

    assert is_in(client)


def test_a2_email_and_phone_share_one_budget(client):
    make_account("a@example.vn", phone="+84912345678")
    logins = ["a@example.vn", "A@example.vn", "0912345678", "0912 345 678", "+84912345678"]

    answers = [log_in(client, login, WRONG).status_code for login in logins]

    assert answers[-1] == 429


def test_a2_lock_reads_like_any_refusal_and_names_nobody(client):
    make_account("known@example.vn")

    texts = []
    for login in ["known@example.vn", "unknown@example.vn"]:
        for _ in range(5):
            answer = log_in(client, login, WRONG)
        texts.append((answer.status_code, answer.content))

    assert texts[0] == texts[1]
    assert b"known@example.vn" not in texts[0][1]


def test_a2_many_addresses_spend_the_accounts_budget(client):
    user = make_account()
    for number in range(lockout.ACCOUNT_BUDGET):
        log_in(client, user.email, WRONG, address=f"203.0.113.{number}")

    log_in(client, user.email, address="198.51.100.77")

    assert not is_in(client)


def test_a2_account_budget_does_not_return_with_time(client, settings):
    user = make_account()
    for number in range(lockout.ACCOUNT_BUDGET):
        log_in(client, user.email, WRONG, address=f"203.0.113.{number}")
    AccessAttempt.objects.all().delete()

    log_in(client, user.email, address="198.51.100.77")

    assert not is_in(client)


def test_a2_new_password_by_mail_opens_the_account_again(client):
    user = make_account()
    for number in range(lockout.ACCOUNT_BUDGET):
        log_in(client, user.email, WRONG, address=f"203.0.113.{number}")

    choose_password(user=user, password="Sông-Đà-mùa-nước-nổi-9")
    log_in(client, user.email, "Sông-Đà-mùa-nước-nổi-9")

    assert is_in(client)


def test_a2_slow_spray_over_many_accounts_spends_the_addresss_budget(client):
    user = make_account()
    for number in range(lockout.ADDRESS_BUDGET):
        log_in(client, f"nobody{number}@example.vn", WRONG)

    log_in(client, user.email)

    assert not is_in(client)


def test_a2_lock_ends_after_the_cool_off(client, settings):
    user = make_account()
    for _ in range(5):
        log_in(client, user.email, WRONG)
    attempt = AccessAttempt.objects.get()
    attempt.attempt_time -= settings.AXES_COOLOFF_TIME + timedelta(seconds=1)
    attempt.save()

    log_in(client, user.email)

    assert is_in(client)


def test_a2_success_forgives(client):
    user = make_account()
    for _ in range(4):
        log_in(client, user.email, WRONG)

    log_in(client, user.email)

    assert not AccessAttempt.objects.exists()
    assert not AccessFailureLog.objects.exists()


def test_d1_failures_keep_no_personal_data(client):
    make_account("a@example.vn")

    log_in(client, "a@example.vn", WRONG)

    [attempt], [failure] = AccessAttempt.objects.all(), AccessFailureLog.objects.all()
    kept = f"{attempt.username} {attempt.post_data} {attempt.get_data} {failure.username}"
    assert "example" not in kept
    assert WRONG not in kept
