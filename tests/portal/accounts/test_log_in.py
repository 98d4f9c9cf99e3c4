import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.enums import Role
from catalogue.models import Job
from factories.accounts import PASSWORD, make_account, turn_on_second_step
from factories.catalogue import make_agency, make_membership
from portal.accounts import jobs
from portal.accounts.models import User
from portal.accounts.services.passwords import choose_password

pytestmark = pytest.mark.django_db
LOG_IN = "/tai-khoan/dang-nhap"
FORGOTTEN = "/tai-khoan/mat-khau/quen"


def log_in(client, login, password=PASSWORD, **extra):
    return client.post(LOG_IN, {"login": login, "password": password}, **extra)


def run_jobs(kind):
    run = {"password_link": jobs.send_password_link, "invitation": jobs.send_invitation}[kind]
    for job in Job.objects.filter(kind=kind):
        run(job.payload)


@pytest.mark.parametrize("login", ["lo.van.a@example.vn", "Lo.Van.A@Example.VN"])
def test_log_in_by_email(client, login):
    user = make_account("lo.van.a@example.vn")

    response = log_in(client, login)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_operator_made_at_the_console_comes_in(client):
    operator = User.objects.create_superuser(email="op@example.vn", password=PASSWORD)

    response = log_in(client, operator.email)

    assert response["Location"] == "/quan-tri/"


@pytest.mark.parametrize("login", ["0912345678", "0912 345 678", "+84 912 345 678", "84912345678"])
def test_log_in_by_phone(client, login):
    user = make_account(phone="+84912345678")

    response = log_in(client, login)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("role", "target"),
    [(Role.COUNTER_OFFICER, "/mot-cua/"), (Role.PROVINCE_EDITOR, "/quan-tri/"), (None, "/")],
)
def test_log_in_leads_to_the_work(client, role, target):
    user = make_account()
    if role:
        make_membership(user, role=role)

    response = log_in(client, user.email)

    assert response["Location"] == target


def test_log_in_returns_to_the_page_that_asked(client):
    user = make_account()

    response = client.post(f"{LOG_IN}?next=/kieu-dang", {"login": user.email, "password": PASSWORD})

    assert response["Location"] == "/kieu-dang"


def test_log_in_does_not_lead_to_another_host(client):
    user = make_account()

    response = client.post(
        f"{LOG_IN}?next=https://example.org/", {"login": user.email, "password": PASSWORD}
    )

    assert response["Location"] == "/"


def test_a1_log_in_changes_the_session(client):
    user = make_account()
    client.get(LOG_IN)
    session = client.session
    session["planted"] = "value"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    log_in(client, user.email)

    assert client.session.session_key != before


def test_a1_answers_with_a_session_are_not_cached(client):
    user = make_account()
    client.force_login(user)

    response = client.get("/")

    assert response["Cache-Control"] == "no-store, private"
    assert "Cookie" in response["Vary"]


def test_a3_refusals_read_the_same(client):
    make_account("known@example.vn", phone="+84912345678")
    logins = ["known@example.vn", "unknown@example.vn", "0912345678", "0987654321", "nobody"]

    answers = [log_in(client, login, "wrong password") for login in logins]

    assert {answer.status_code for answer in answers} == {200}
    texts = {answer.context["form"].non_field_errors()[0] for answer in answers}
    assert len(texts) == 1


def test_a3_forgotten_password_answers_the_same(client):
    make_account("known@example.vn")

    answers = [
        client.post(FORGOTTEN, {"email": email}, follow=True)
        for email in ["known@example.vn", "unknown@example.vn"]
    ]

    known, unknown = (
        (answer.status_code, answer.redirect_chain, answer.content) for answer in answers
    )
    assert known == unknown


def test_w6_a_stranger_causes_few_mails_to_an_address(client):
    make_account("known@example.vn")
    cache.clear()

    answers = [
        client.post(FORGOTTEN, {"email": "known@example.vn"}, REMOTE_ADDR=f"192.0.2.{number}")
        for number in range(8)
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 3
    assert Job.objects.filter(kind="password_link").count() == 5


def test_a3_forgotten_password_does_the_same_work():
    make_account("known@example.vn")
    work = []

    for email in ["known@example.vn", "unknown@example.vn"]:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            Client().post(FORGOTTEN, {"email": email})
        work.append([query["sql"].split()[0] for query in queries.captured_queries])

    assert work[0] == work[1]


def test_a3_mail_goes_to_the_known_address_only(client):
    user = make_account("known@example.vn")
    for email in ["known@example.vn", "unknown@example.vn"]:
        client.post(FORGOTTEN, {"email": email})

    run_jobs("password_link")

    assert [message.to for message in mail.outbox] == [[user.email]]


def mailed_link():
    [message] = mail.outbox
    return next(word for word in message.body.split() if word.startswith("http"))


def test_mailed_link_sets_the_password_once(client):
    user = make_account()
    client.post(FORGOTTEN, {"email": user.email})
    run_jobs("password_link")
    link = mailed_link()
    new = "Sông-Đà-mùa-nước-nổi-9"

    form_page = client.get(link, follow=True)
    client.post(form_page.request["PATH_INFO"], {"password1": new, "password2": new})
    again = client.get(link, follow=True)

    user.refresh_from_db()
    assert user.check_password(new)
    assert again.context["token_fail"]


def test_invitation_lets_a_new_member_in(client):
    membership = make_membership(User.objects.create_user(email="moi@example.vn"))
    Job.objects.create(kind="invitation", payload={"membership": membership.pk})
    run_jobs("invitation")
    new = "Sông-Đà-mùa-nước-nổi-9"

    form_page = client.get(mailed_link(), follow=True)
    client.post(form_page.request["PATH_INFO"], {"password1": new, "password2": new})
    response = log_in(client, "moi@example.vn", new)

    assert str(membership.agency) in mail.outbox[0].body
    assert response["Location"] == "/mot-cua/"


def test_t9_who_signed_up_with_a_colleagues_address_gets_none_of_their_rights(client):
    data = {"full_name": "Kẻ Khác", "email": "moi@example.vn", "password1": PASSWORD}
    client.post("/tai-khoan/dang-ky", data)
    user = User.objects.get(email="moi@example.vn")
    membership = make_membership(user)
    Job.objects.create(kind="invitation", payload={"membership": membership.pk})

    run_jobs("invitation")
    EmailAddress.objects.filter(user=user).update(verified=True)

    assert log_in(client, "moi@example.vn").status_code == 200
    assert "/tai-khoan/mat-khau/moi/" in mail.outbox[-1].body


def test_invitation_leaves_the_password_of_a_proven_account(client):
    membership = make_membership(make_account("cu@example.vn"))
    Job.objects.create(kind="invitation", payload={"membership": membership.pk})

    run_jobs("invitation")

    assert log_in(client, "cu@example.vn")["Location"] == "/mot-cua/"


def test_a7_log_out_by_post_clears_the_browser(client):
    client.force_login(make_account())

    response = client.post("/tai-khoan/dang-xuat")

    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "no-store" in response["Cache-Control"]
    assert "_auth_user_id" not in client.session


def test_a11_log_out_by_get_asks_first(client):
    client.force_login(make_account())

    response = client.get("/tai-khoan/dang-xuat")

    assert response.status_code == 200
    assert "_auth_user_id" in client.session


def test_a8_new_password_ends_other_sessions(client):
    user = make_account()
    client.force_login(user)

    choose_password(user=user, password="Sông-Đà-mùa-nước-nổi-9")

    assert not client.get("/").wsgi_request.user.is_authenticated


def test_a8_disabled_account_is_out_at_the_next_request(client):
    user = make_account()
    client.force_login(user)

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert not client.get("/").wsgi_request.user.is_authenticated


def test_sign_up_waits_for_the_address(client):
    data = {"full_name": "Lò Thị Mới", "email": "moi@example.vn", "password1": PASSWORD}

    response = client.post("/tai-khoan/dang-ky", data)

    user = User.objects.get(email="moi@example.vn")
    assert response["Location"] == reverse("account_email_verification_sent")
    assert (user.full_name, "_auth_user_id" in client.session) == ("Lò Thị Mới", False)
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    client.post(link.removeprefix("http://testserver"))
    assert EmailAddress.objects.get(user=user).verified


def test_a3_sign_up_with_a_known_address_answers_the_same(client):
    make_account("known@example.vn")
    data = {"full_name": "Lò Thị Mới", "password1": PASSWORD}

    known, unknown = (
        client.post("/tai-khoan/dang-ky", {**data, "email": email})
        for email in ["known@example.vn", "unknown@example.vn"]
    )

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("email", ["known@example.vn", "unknown@example.vn"])
def test_a3_sign_up_hashes_one_password_whoever_has_the_address(client, monkeypatch, email):
    make_account("known@example.vn")
    hasher, hashed = get_hasher(), []
    encode = type(hasher).encode
    monkeypatch.setattr(
        type(hasher), "encode", lambda *args: hashed.append(args[1]) or encode(*args)
    )

    client.post("/tai-khoan/dang-ky", {"full_name": "A", "email": email, "password1": PASSWORD})

    assert hashed == [PASSWORD]


def code_of(authenticator):
    counter = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), counter))


def test_a12_second_step_is_not_guessed(client):
    user = make_account()
    authenticator = turn_on_second_step(user)
    step = log_in(client, user.email)["Location"]
    for _ in range(5):
        client.post(step, {"code": "000000"})

    client.post(step, {"code": code_of(authenticator)})

    assert "_auth_user_id" not in client.session


def test_a12_second_step_is_asked_after_the_password(client):
    user = make_account()
    authenticator = turn_on_second_step(user)

    first = log_in(client, user.email)
    before = "_auth_user_id" in client.session
    client.post(first["Location"], {"code": code_of(authenticator)})

    assert (first["Location"], before) == (reverse("mfa_authenticate"), False)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a12_secrets_of_the_second_step_are_encrypted():
    authenticator = turn_on_second_step(make_account())

    stored = Authenticator.objects.get(pk=authenticator.pk).data["secret"]

    assert stored.startswith("gAAAA")


@pytest.fixture
def second_step_required(settings):
    settings.STAFF_MFA_REQUIRED = True


@pytest.mark.parametrize("path", ["/quan-tri/", "/kieu-dang"])
def test_a12_staff_without_second_step_reach_nothing(client, second_step_required, path):
    user = make_account()
    make_membership(user)
    client.force_login(User.objects.get(pk=user.pk))

    response = client.get(path)

    assert response["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("path", ["/quan-tri/", "/kieu-dang"])
def test_a12_staff_with_second_step_work(client, second_step_required, path):
    user = make_account()
    make_membership(user)
    turn_on_second_step(user)
    client.force_login(User.objects.get(pk=user.pk))

    assert client.get(path).status_code == 200


def test_a12_citizens_need_no_second_step(client, second_step_required):
    client.force_login(make_account())

    assert client.get("/").status_code == 200


def test_citizen_is_refused_by_the_administration_without_a_loop(client):
    client.force_login(make_account())

    assert client.get("/quan-tri/").status_code == 403


def test_administration_sends_a_stranger_to_the_one_log_in(client):
    responses = [client.get("/quan-tri/"), client.get("/quan-tri/login/?next=/quan-tri/")]

    assert [response["Location"] for response in responses] == [
        f"{LOG_IN}?next=/quan-tri/",
        f"{LOG_IN}?next=/quan-tri/",
    ]


@pytest.mark.parametrize("path", ["users/", "groups/", "groups/new/", "password_reset/"])
def test_t9_wagtails_own_editors_of_rights_are_closed(admin_client, path):
    assert admin_client.get(f"/quan-tri/{path}").status_code == 404


def test_membership_of_tomorrow_opens_nothing_today(client):
    agency = make_agency()
    user = make_account()
    make_membership(user, agency)
    user.memberships.update(valid_to=user.memberships.get().valid_from, valid_from="2020-01-01")
    client.force_login(User.objects.get(pk=user.pk))

    assert client.get("/quan-tri/").status_code == 403


def test_account_page_shows_the_roles_and_what_can_change(client):
    user = make_account(full_name="Lò Văn A")
    membership = make_membership(user)
    client.force_login(User.objects.get(pk=user.pk))

    content = client.get("/tai-khoan/").content.decode()

    assert "Lò Văn A" in content
    assert str(membership.agency) in content
    for name in ("account_change_password", "account_email", "mfa_index"):
        assert reverse(name) in content


def test_account_page_asks_for_log_in(client):
    assert client.get("/tai-khoan/")["Location"] == f"{LOG_IN}?next=/tai-khoan/"


PAGES = ["dang-nhap", "dang-ky", "mat-khau/quen", "mat-khau/da-gui", "email/da-gui",
         "mat-khau/xong", "ngung-hoat-dong", "lien-ket/huy", "lien-ket/loi"]  # fmt: skip
OWN_PAGES = ["", "email", "mat-khau/doi", "hai-buoc", "hai-buoc/ma-du-phong", "lien-ket",
             "hai-buoc/tat", "hai-buoc/ma-du-phong/moi", "nhap-lai-mat-khau"]  # fmt: skip


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_for_everybody_is_shown(client, page, language):
    response = client.get(f"{language}/tai-khoan/{page}")

    assert response.status_code == (401 if page.endswith("loi") else 200)
    assert b"site-header" in response.content


@pytest.mark.parametrize("page", OWN_PAGES)
def test_page_of_the_account_is_shown(client, page):
    user = make_account()
    authenticator = turn_on_second_step(user)
    step = log_in(client, user.email)["Location"]
    client.post(step, {"code": code_of(authenticator)})
    if page.startswith("hai-buoc/"):
        client.post("/tai-khoan/nhap-lai-mat-khau", {"password": PASSWORD})
        client.post("/tai-khoan/hai-buoc/ma-du-phong/moi")

    response = client.get(f"/tai-khoan/{page}")

    assert response.status_code == 200
    assert b"site-header" in response.content


def test_second_step_is_turned_on_by_its_page(client):
    user = make_account()
    log_in(client, user.email)
    client.post("/tai-khoan/nhap-lai-mat-khau", {"password": PASSWORD})
    page = client.get("/tai-khoan/hai-buoc/bat")
    counter = list(yield_hotp_counters_from_time())[1]
    code = format_hotp_value(hotp_value(page.context["form"].secret, counter))

    client.post("/tai-khoan/hai-buoc/bat", {"code": code})

    assert Authenticator.objects.filter(user=user, type="totp").count() == 1
