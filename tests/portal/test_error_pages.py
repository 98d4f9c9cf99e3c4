import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views.defaults import bad_request, server_error


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
)
def test_error_page_renders_without_request(name: str) -> None:
    with override("vi"):
        html = get_template(name).render()

    assert '<html lang="vi">' in html
    assert 'action="/tim-kiem"' in html


@pytest.mark.parametrize("view", [bad_request, server_error])
def test_error_page_in_english_searches_in_english(view: object) -> None:
    arguments = (ValueError(),) if view is bad_request else ()

    with override("en"):
        response = view(RequestFactory().get("/en/"), *arguments)  # type: ignore[operator]

    assert 'action="/en/tim-kiem"' in response.content.decode()


@pytest.mark.django_db
def test_unknown_address_is_404_in_plain_words(client: Client) -> None:
    response = client.get("/khong-co-trang-nay")

    assert response.status_code == 404
    assert "portal/error_page.html" in [template.name for template in response.templates]


@pytest.mark.django_db
def test_post_without_token_says_to_send_again() -> None:
    response = Client(enforce_csrf_checks=True).post("/")

    assert response.status_code == 403
    assert "403_csrf.html" in [template.name for template in response.templates]
