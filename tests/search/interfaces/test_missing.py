import pytest
from django.core.cache import cache

from search.interfaces.missing import missing, missing_sent
from search.models import MissingAnswer
from search.services.missing_answers import MISSING_REPORTS

pytestmark = pytest.mark.django_db
ADDRESS = "/tim-kiem/khong-thay"


@pytest.fixture(autouse=True)
def forget_senders():
    yield
    cache.clear()


def test_pages_are_public():
    assert missing.access_rule == missing_sent.access_rule == "public"


def test_form_knows_what_was_typed(client):
    html = client.get(f"{ADDRESS}?q=sổ+trắng").content.decode()

    assert 'value="sổ trắng"' in html


def test_what_was_missed_is_kept_and_thanked_for(client):
    response = client.post(ADDRESS, {"query": "sổ trắng", "note": "đổi sang sổ hồng"}, follow=True)

    kept = MissingAnswer.objects.get()
    assert (kept.query, kept.note) == ("sổ trắng", "đổi sang sổ hồng")
    assert response.redirect_chain == [("/tim-kiem/khong-thay/xong", 302)]
    assert "Cảm ơn bạn" in response.content.decode()


def test_q8_numbers_of_people_are_not_kept(client):
    client.post(ADDRESS, {"query": "căn cước 001099012345", "note": "gọi tôi 0912 345 678"})

    kept = MissingAnswer.objects.get()
    assert not any(char.isdigit() for char in kept.query + kept.note)


def test_nothing_said_is_told_beside_the_field(client):
    html = client.post(ADDRESS, {"query": "", "note": " "}).content.decode()

    assert "<title>Lỗi:" in html
    assert 'href="#id_note"' in html
    assert not MissingAnswer.objects.exists()


def test_too_long_note_is_kept_for_its_writer(client):
    html = client.post(ADDRESS, {"query": "sổ trắng", "note": "đổi " * 600}).content.decode()

    assert 'value="sổ trắng"' in html
    assert "đổi đổi" in html
    assert not MissingAnswer.objects.exists()


def test_programs_that_fill_in_every_field_are_thanked_and_forgotten(client):
    response = client.post(ADDRESS, {"query": "sổ", "note": "x", "website": "https://vidu.vn"})

    assert response.status_code == 302
    assert not MissingAnswer.objects.exists()


def test_q5_messages_of_a_network_are_few(client):
    for _message in range(MISSING_REPORTS.places):
        client.post(ADDRESS, {"query": "sổ trắng"})

    response = client.post(ADDRESS, {"query": "sổ trắng", "note": "giữ lại"})

    assert response.status_code == 429
    assert "giữ lại" in response.content.decode()
    assert MissingAnswer.objects.count() == MISSING_REPORTS.places


def test_html_in_a_message_is_escaped(client):
    html = client.post(ADDRESS, {"query": "<script>alert(1)</script>", "note": "x" * 2000})

    assert "<script>alert" not in html.content.decode()
