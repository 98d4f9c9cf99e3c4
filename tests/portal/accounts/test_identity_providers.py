from typing import Any

import pytest
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from factories.accounts import make_account
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
APPS = [
    {
        "provider_id": name,
        "name": name,
        "client_id": "client",
        "secret": "secret",
        "settings": {"server_url": f"https://{name}.example.vn"},
    }
    for name in ("first", "second")
]


@pytest.fixture(autouse=True)
def providers(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": APPS}
    }


def come_in(provider_id: str, **claims: Any):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.user = AnonymousUser()
    request._messages = FallbackStorage(request)
    with context.request_context(request):
        provider = get_adapter().get_provider(request, provider_id)
        login = provider.sociallogin_from_response(request, {"userinfo": claims})
        complete_social_login(request, login)
    return request


def test_a9_same_subject_of_two_providers_is_two_people():
    for provider in ("first", "second"):
        come_in(provider, sub="123", email=f"{provider}@example.vn", email_verified=True)

    keys = SocialAccount.objects.values_list("provider", "uid")
    assert set(keys) == {("first", "123"), ("second", "123")}
    assert User.objects.count() == 2


@pytest.mark.parametrize("verified", [False, True])
def test_a9_address_named_by_a_provider_joins_no_account(verified):
    owner = make_account("owner@example.vn")

    request = come_in("first", sub="123", email=owner.email, email_verified=verified)

    assert not SocialAccount.objects.filter(user=owner).exists()
    assert "_auth_user_id" not in request.session


def test_a9_same_person_comes_back_to_the_same_account():
    for _ in range(2):
        come_in("first", sub="123", email="a@example.vn", email_verified=True)

    assert User.objects.count() == 1


def test_a9_provider_nobody_named_is_unknown(client):
    assert client.post("/tai-khoan/lien-ket/third/login/").status_code == 404


def test_a9_log_in_starts_by_post_only(client):
    response = client.get("/tai-khoan/lien-ket/first/login/")

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a9_callback_without_a_state_of_ours_is_refused(client):
    response = client.get(
        "/tai-khoan/lien-ket/first/login/callback/", {"code": "stolen", "state": "forged"}
    )

    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()
    assert response.status_code in {200, 401, 403}


def test_log_in_page_offers_the_providers(client):
    content = client.get("/tai-khoan/dang-nhap").content.decode()

    assert "/tai-khoan/lien-ket/first/login/" in content
