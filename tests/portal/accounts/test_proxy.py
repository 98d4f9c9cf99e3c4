import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.middleware import TrustedProxyMiddleware

PROXY, CLIENT, LIAR = "10.0.0.5", "203.0.113.7", "198.51.100.66"


def seen(settings, trusted, **meta):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", **meta)
    TrustedProxyMiddleware(lambda _request: HttpResponse())(request)
    return request


def test_a13_forwarded_address_of_a_stranger_is_not_believed(settings):
    request = seen(
        settings, ["10.0.0.0/8"], REMOTE_ADDR=LIAR, HTTP_X_FORWARDED_FOR=CLIENT,
        HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="evil.example",
    )  # fmt: skip

    assert request.META["REMOTE_ADDR"] == LIAR
    assert not {key for key in request.META if key.startswith("HTTP_X_FORWARDED")}


def test_a13_forwarded_address_of_the_proxy_is_believed(settings):
    request = seen(settings, ["10.0.0.0/8"], REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=CLIENT)

    assert request.META["REMOTE_ADDR"] == CLIENT


@pytest.mark.parametrize("hops", [f"{LIAR}, {CLIENT}", f"{LIAR}, {CLIENT}, 10.0.0.9"])
def test_a13_what_the_client_wrote_before_the_proxy_is_not_believed(settings, hops):
    request = seen(settings, ["10.0.0.0/8"], REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=hops)

    assert request.META["REMOTE_ADDR"] == CLIENT


@pytest.mark.parametrize("hops", ["", "unknown", "' or 1=1", "999.1.1.1"])
def test_a13_nonsense_leaves_the_proxys_address(settings, hops):
    request = seen(settings, ["10.0.0.0/8"], REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=hops)

    assert request.META["REMOTE_ADDR"] == PROXY


def test_a13_foreign_host_is_refused(client):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400


@pytest.mark.django_db
def test_a13_forwarded_host_changes_no_link(client):
    response = client.get("/tai-khoan/dang-nhap", HTTP_X_FORWARDED_HOST="evil.example")

    assert b"evil.example" not in response.content
