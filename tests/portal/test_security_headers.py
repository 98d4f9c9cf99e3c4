import pytest

from factories.catalogue import make_operator

pytestmark = pytest.mark.django_db


def policy_of(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {name: set(values) for name, *values in (part.split() for part in parts)}


@pytest.mark.parametrize("path", ["/", "/tai-khoan/dang-nhap", "/tai-khoan/dang-ky", "/khong-co"])
def test_d5_public_policy_allows_no_inline_code(client, path):
    policy = policy_of(client.get(path))

    for directive in ("script-src", "style-src", "default-src"):
        assert not policy[directive] & {"'unsafe-inline'", "'unsafe-eval'", "data:", "*"}
    assert policy["object-src"] == policy["base-uri"] == {"'none'"}
    assert policy["form-action"] == policy["frame-ancestors"] == {"'self'"}


@pytest.mark.parametrize("path", ["", "members/", "agencies/", "rules/", "audit/", "operations/"])
def test_d5_admin_has_a_policy_of_its_own(client, path):
    client.force_login(make_operator())

    policy = policy_of(client.get(f"/quan-tri/{path}"))

    assert policy["script-src"] == {"'self'", "'unsafe-inline'"}
    assert policy["object-src"] == {"'none'"}
    assert policy["form-action"] == policy["frame-ancestors"] == {"'self'"}


def test_d5_admin_policy_does_not_leak_to_public_pages(client):
    client.force_login(make_operator())

    assert "'unsafe-inline'" not in policy_of(client.get("/"))["script-src"]


@pytest.mark.parametrize(
    "path",
    [
        "/khong-co",
        "/.git/config",
        "/.env",
        "/quan-tri/khong-co/",
        "/thu-tuc/<script>",
        "/static/../x",
    ],
)
def test_d4_missing_pages_tell_nothing(client, path):
    response = client.get(path, follow=True)

    text = response.content.decode()
    assert "Traceback" not in text
    assert "<script>" not in text.replace("<script type", "")
    assert "django" not in text.lower()
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers


def test_d4_error_page_tells_nothing(client):
    client.raise_request_exception = False
    client.force_login(make_operator())

    response = client.get("/quan-tri/failwhale/")

    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()
    assert "failwhale" not in response.content.decode()


@pytest.mark.parametrize("path", ["/tai-khoan/dang-nhap", "/quan-tri/"])
def test_a11_pages_are_framed_by_nobody_else(client, path):
    assert client.get(path)["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}
