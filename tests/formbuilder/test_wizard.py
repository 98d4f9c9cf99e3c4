import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import get_cookie_signer
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from catalogue import clock
from factories.catalogue import make_user
from factories.formbuilder import (
    DEVICE_KEY,
    PDF,
    complete_answers,
    make_commune,
    make_complete_draft,
    make_draft,
    make_form_version,
    make_paper,
    make_papers,
    make_upload,
)
from formbuilder.interfaces.visitor import COOKIE, SALT
from formbuilder.models import Attachment, Draft, Submission

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def begin(client: Client, **changes: Any) -> Draft:
    form_version = changes.pop("form_version", None) or make_form_version()
    place = changes.pop("place", None) or make_commune()
    code = form_version.procedure_version.code
    response = client.post(f"/thu-tuc/{code}/nop", {"place": place.code, **changes})
    assert response.status_code == 302, response.content.decode()
    return Draft.objects.get(pk=response["Location"].rpartition("/")[2])


def send(client: Client, draft: Draft, page: str, query: str = "", **fields: Any) -> HttpResponse:
    return client.post(f"/to-khai/{draft.pk}/{page}{query}", fields)


def shown(client: Client, draft: Draft, page: str) -> str:
    response = client.get(f"/to-khai/{draft.pk}/{page}")
    assert response.status_code == 200
    return response.content.decode()


def answers(draft: Draft) -> dict[str, Any]:
    return Draft.objects.get(pk=draft.pk).answers


def held_by(client: Client, **values: Any) -> Draft:
    draft = begin(client, **values)
    Draft.objects.filter(pk=draft.pk).update(answers=complete_answers(draft))
    return Draft.objects.get(pk=draft.pk)


def open_on_device(client: Client) -> None:

    client.cookies[COOKIE] = get_cookie_signer(salt=COOKIE + SALT).sign(DEVICE_KEY)


def test_citizen_fills_in_every_page_and_submits(
    citizen: Client, received: list[Submission]
) -> None:
    draft = begin(citizen)
    commune = draft.place
    pages = [
        ("ai-nop", {"filer": "self"}),
        (
            "nguoi-de-nghi",
            {
                "full_name": " Lò  Thị Mai ",
                "identity_number": "011 190 000 123",
                "date_of_birth": "27031990",
            },
        ),
        ("lien-he", {"phone": "0912 345 678", "email": ""}),
        (
            "dia-chi",
            {
                "address__province": commune.parent.place_code,
                "address__commune": commune.place_code,
                "address__line": "Tổ dân phố 7",
            },
        ),
        ("giay-to-1", {"paper_1__files": [make_upload(), make_upload("ảnh.pdf")]}),
        ("nhan-ket-qua", {"result": "counter"}),
        ("cam-doan", {"consent_truth": "on", "consent_data": "on"}),
    ]

    for number, (page, fields) in enumerate(pages):
        shown(citizen, draft, page)
        response = send(citizen, draft, page, **fields)
        following = pages[number + 1][0] if number + 1 < len(pages) else "kiem-tra"
        assert response["Location"] == f"/to-khai/{draft.pk}/{following}"

    check = shown(citizen, draft, "kiem-tra")
    for words in ("Lò Thị Mai", "27/03/1990", "0912 345 678", "Tổ dân phố 7, Phường Mường Lay"):
        assert words in check
    response = send(citizen, draft, "kiem-tra")
    assert response["Location"] == f"/to-khai/{draft.pk}/xong"
    (submission,) = received
    assert submission.answers["phone"] == "+84912345678"
    assert submission.answers["date_of_birth"] == "1990-03-27"
    assert [file["name"] for file in submission.answers["paper_1"]["files"]] == [
        "to-khai.pdf",
        "ảnh.pdf",
    ]
    done = citizen.get(response["Location"]).content.decode()
    assert submission.number in done
    assert f"/ho-so/{submission.number}" in done
    pdf = citizen.get(f"/to-khai/{draft.pk}/giay-tiep-nhan.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_start_page_tells_what_is_needed(citizen: Client) -> None:
    form_version = make_form_version(make_papers("always", make_paper(name="Giấy chứng sinh")))

    response = citizen.get(f"/thu-tuc/{form_version.procedure_version.code}/nop")

    page = response.content.decode()
    assert "Giấy chứng sinh" in page
    assert "mức độ 2" in page or "level 2" in page


@pytest.mark.parametrize("typed", ["muong lay", "Mường Lay", "dien bien muong", "LAY"])
def test_place_is_found_without_marks(citizen: Client, typed: str) -> None:
    form_version, commune = make_form_version(), make_commune("Phường Mường Lay")
    make_commune("Xã Thanh Nưa")

    response = citizen.get(f"/thu-tuc/{form_version.procedure_version.code}/nop", {"noi": typed})

    assert f'value="{commune.code}"' in response.content.decode()
    assert "Thanh Nưa" not in response.content.decode()


def test_start_without_a_choice_keeps_the_places_found(citizen: Client) -> None:
    form_version, commune = make_form_version(), make_commune("Ủy ban nhân dân phường Mường Lay")

    response = citizen.post(f"/thu-tuc/{form_version.procedure_version.code}/nop?noi=muong+lay")

    page = response.content.decode()
    assert "Hãy chọn nơi nộp hồ sơ." in page
    assert f'value="{commune.code}"' in page
    assert "Phường Mường Lay, Tỉnh Điện Biên" in page


def test_long_notes_are_folded_and_short_ones_are_not(citizen: Client) -> None:
    short, long = make_paper("d2", "Ghi chú", note=True), make_paper("d3", "Dài " * 90, note=True)
    draft = begin(
        citizen,
        form_version=make_form_version(
            make_papers("always", make_paper(), short), make_papers("note", long, title="Lưu ý")
        ),
    )

    page = shown(citizen, draft, "giay-to-1")

    assert page.count("<summary>Lưu ý</summary>") == 1
    assert '<p class="notice__title">Lưu ý</p>' in page


def test_check_names_the_question_of_each_problem(citizen: Client) -> None:
    draft = begin(citizen)

    page = shown(citizen, draft, "kiem-tra")

    assert "Tờ khai đăng ký – Hãy chọn cách nộp giấy tờ này." in page


def test_forms_of_one_procedure_are_told_apart_by_place(citizen: Client) -> None:
    draft = begin(citizen)
    begin(citizen, form_version=draft.form_version, place=make_commune("Phường Mường Thanh"))

    page = citizen.get("/to-khai").content.decode()

    assert "Phường Mường Lay, Tỉnh Điện Biên" in page
    assert "Phường Mường Thanh, Tỉnh Điện Biên" in page


def test_province_level_procedure_goes_to_the_province(citizen: Client) -> None:
    form_version = make_form_version(levels=["province"])
    commune = make_commune()
    code = form_version.procedure_version.code

    refused = citizen.post(f"/thu-tuc/{code}/nop", {"place": commune.code})
    draft = begin(citizen, form_version=form_version, place=commune.parent)

    assert refused.status_code == 200
    assert draft.place == commune.parent


def test_ministry_level_procedure_needs_no_search(citizen: Client) -> None:
    form_version = make_form_version(levels=["ministry"])

    page = citizen.get(f"/thu-tuc/{form_version.procedure_version.code}/nop").content.decode()

    assert 'name="noi"' not in page
    assert 'value="G15"' in page


def test_unknown_procedure_has_no_form(citizen: Client) -> None:
    assert citizen.get("/thu-tuc/9.999999/nop").status_code == 404


def test_start_pressed_again_offers_the_open_draft_f6(citizen: Client) -> None:
    draft = begin(citizen)
    code, place = draft.form_version.procedure_version.code, draft.place.code

    for _ in range(5):
        response = citizen.post(f"/thu-tuc/{code}/nop", {"place": place})

        assert f"/to-khai/{draft.pk}" in response.content.decode()
    assert Draft.objects.count() == 1


def test_two_drafts_of_one_form_are_independent_f5(citizen: Client) -> None:
    first = begin(citizen)
    second = begin(citizen, form_version=first.form_version, place=first.place, new="1")

    send(citizen, first, "ai-nop", filer="self")
    send(citizen, second, "ai-nop", filer="authorised")
    send(citizen, first, "lien-he", phone="0912345678")

    assert answers(first)["filer"] == "self"
    assert answers(second)["filer"] == "authorised"
    assert "phone" not in answers(second)


def test_two_tabs_of_one_draft_stay_on_their_pages(citizen: Client) -> None:
    draft = begin(citizen)

    shown(citizen, draft, "lien-he")
    shown(citizen, draft, "nguoi-de-nghi")
    response = send(citizen, draft, "lien-he", phone="0912345678")

    assert response["Location"].endswith("/dia-chi")
    assert answers(draft)["phone"] == "+84912345678"


def test_wrong_page_keeps_what_was_typed_and_says_where(citizen: Client) -> None:
    draft = begin(citizen)

    response = send(citizen, draft, "nguoi-de-nghi", full_name="Lò", date_of_birth="30/02/1990")

    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="30/02/1990"' in page
    assert 'href="#id_date_of_birth"' in page
    assert re.search(r"<title>\s*(Lỗi:|Error:)", page)
    assert answers(draft)["date_of_birth"] == "30/02/1990"
    assert 'value="30/02/1990"' in shown(citizen, draft, "nguoi-de-nghi")


def test_optional_and_emptied_answer_goes(citizen: Client) -> None:
    draft = begin(citizen)
    send(citizen, draft, "lien-he", phone="0912345678", email="mai@example.vn")

    send(citizen, draft, "lien-he", phone="0912345678", email="")

    assert "email" not in answers(draft)


def test_saved_and_left_draft_is_offered_and_resumed(citizen: Client) -> None:
    draft = begin(citizen)
    send(citizen, draft, "ai-nop", filer="self")
    left = send(citizen, draft, "nguoi-de-nghi", full_name="Lò Thị Mai", leave="1")

    listed = citizen.get(left["Location"]).content.decode()
    resumed = citizen.get(f"/to-khai/{draft.pk}")

    assert f"/to-khai/{draft.pk}" in listed
    assert resumed["Location"] == f"/to-khai/{draft.pk}/nguoi-de-nghi"
    assert "Lò Thị Mai" in shown(citizen, draft, "nguoi-de-nghi")


def test_change_link_returns_to_the_check(citizen: Client) -> None:
    draft = held_by(citizen)

    check = shown(citizen, draft, "kiem-tra")
    response = send(citizen, draft, "lien-he", "?ve=1", phone="0987654321")

    assert f"/to-khai/{draft.pk}/lien-he?ve=1" in check
    assert response["Location"] == f"/to-khai/{draft.pk}/kiem-tra"


def test_branch_no_longer_taken_is_cleared_f1(citizen: Client) -> None:
    draft = held_by(citizen)
    send(citizen, draft, "ai-nop", filer="authorised")
    send(citizen, draft, "nguoi-duoc-uy-quyen", proxy_name="Lò Văn B", proxy_phone="0912345678")
    assert answers(draft)["proxy_name"] == "Lò Văn B"

    send(citizen, draft, "ai-nop", filer="self", proxy_name="Lò Văn C")

    assert "proxy_name" not in answers(draft)
    page = citizen.get(f"/to-khai/{draft.pk}/nguoi-duoc-uy-quyen")
    assert page["Location"] == f"/to-khai/{draft.pk}/kiem-tra"


def test_field_of_another_page_is_not_taken(citizen: Client) -> None:
    draft = begin(citizen)

    send(citizen, draft, "ai-nop", filer="self", full_name="Ai đó", paper_1__way="upload", x="y")

    assert set(answers(draft)) == {"filer", "address"}


def test_files_are_what_the_server_holds_f2(citizen: Client) -> None:
    draft = held_by(citizen)

    send(citizen, draft, "giay-to-1", paper_1__way="upload", paper_1__files='[{"id": "x"}]')

    assert answers(draft)["paper_1"] == {"way": "upload"}


def test_incomplete_form_is_not_submitted(citizen: Client, received: list[Submission]) -> None:
    draft = begin(citizen)

    response = send(citizen, draft, "kiem-tra")

    assert response.status_code == 200
    assert f"/to-khai/{draft.pk}/lien-he?ve=1" in response.content.decode()
    assert received == []


def test_commune_list_follows_the_province(citizen: Client) -> None:
    draft = begin(citizen)
    other = make_commune("Xã Pả Vi")

    response = send(
        citizen, draft, "dia-chi", address__province=other.parent.place_code, stay="address"
    )
    page = shown(citizen, draft, "dia-chi")

    assert response["Location"].endswith("/dia-chi#address")
    assert "Xã Pả Vi" in page
    assert "Phường Mường Lay" not in page


def test_address_begins_at_the_place_of_filing(citizen: Client) -> None:
    draft = begin(citizen)

    page = shown(citizen, draft, "dia-chi")

    assert re.search(rf'value="{draft.place.place_code}"\s+selected', page)


def test_stale_page_is_shown_again_with_what_was_typed() -> None:
    citizen = Client(enforce_csrf_checks=True)
    draft = make_draft()
    open_on_device(citizen)

    response = send(citizen, draft, "nguoi-de-nghi", full_name="Lò Thị Mai")

    assert response.status_code == 200
    assert 'value="Lò Thị Mai"' in response.content.decode()
    assert "full_name" not in answers(draft)


def test_page_with_its_token_is_taken() -> None:
    citizen = Client(enforce_csrf_checks=True)
    draft = make_draft()
    open_on_device(citizen)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', shown(citizen, draft, "nguoi-de-nghi")
    )

    send(citizen, draft, "ai-nop", filer="self", csrfmiddlewaretoken=token[1])

    assert answers(draft)["filer"] == "self"


@pytest.mark.parametrize(
    "path", ["", "/ai-nop", "/kiem-tra", "/xong", "/xoa", "/giay-tiep-nhan.pdf"]
)
def test_draft_of_another_device_is_not_there(citizen: Client, path: str) -> None:
    begin(citizen)
    foreign = make_complete_draft()

    assert citizen.get(f"/to-khai/{foreign.pk}{path}").status_code == 404


def test_draft_is_not_there_for_a_tampered_cookie(citizen: Client) -> None:
    draft = begin(citizen)
    citizen.cookies["to_khai"] = citizen.cookies["to_khai"].value + "x"

    assert citizen.get(f"/to-khai/{draft.pk}/ai-nop").status_code == 404


def test_cookie_is_kept_from_scripts_and_draft_keeps_no_secret(citizen: Client) -> None:
    draft = begin(citizen)

    cookie = citizen.cookies["to_khai"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert draft.access_key_hash not in cookie.value
    assert cookie.value.split(":")[0] != draft.access_key_hash


def test_draft_of_an_account_opens_on_every_device_of_it(citizen: Client) -> None:
    user = make_user()
    citizen.force_login(user)
    draft = begin(citizen)
    elsewhere = Client()
    elsewhere.force_login(user)
    stranger = Client()
    stranger.force_login(make_user())

    assert elsewhere.get(f"/to-khai/{draft.pk}/ai-nop").status_code == 200
    assert stranger.get(f"/to-khai/{draft.pk}/ai-nop").status_code == 404


def test_ended_session_keeps_what_was_typed_and_shows_nothing_r14(citizen: Client) -> None:
    user = make_user()
    citizen.force_login(user)
    draft = begin(citizen)
    key = citizen.cookies["to_khai"].value
    citizen.logout()
    citizen.cookies["to_khai"] = key

    opened = citizen.get(f"/to-khai/{draft.pk}/ai-nop")
    sent = send(citizen, draft, "nguoi-de-nghi", full_name="Lò Thị Mai")

    for response in (opened, sent):
        assert response.status_code == 302
        assert "next=" in response["Location"]
    assert answers(draft)["full_name"] == "Lò Thị Mai"


@pytest.mark.parametrize("path", ["/thu-tuc/%00/nop", "/api/v1/forms/%00"])
def test_zero_byte_is_no_code_f7(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_zero_byte_is_no_place_f7(client: Client) -> None:
    code = make_form_version().procedure_version.code

    assert client.post(f"/thu-tuc/{code}/nop", {"place": "a\0b"}).status_code == 200


def test_ended_session_shows_nothing_even_for_too_much_u12(citizen: Client) -> None:
    citizen.force_login(make_user())
    draft = begin(citizen)
    key = citizen.cookies["to_khai"].value
    citizen.logout()
    citizen.cookies["to_khai"] = key

    sent = send(citizen, draft, "nguoi-de-nghi", full_name="a" * 300_000)

    assert sent.status_code == 302
    assert "next=" in sent["Location"]


def test_expired_draft_is_not_there(citizen: Client) -> None:
    draft = begin(citizen)
    Draft.objects.filter(pk=draft.pk).update(expires_at=clock.now() - timedelta(seconds=1))

    assert citizen.get(f"/to-khai/{draft.pk}/ai-nop").status_code == 404
    assert send(citizen, draft, "ai-nop", filer="self").status_code == 404


def test_submitted_form_leads_to_its_confirmation_f4(
    citizen: Client, received: list[Submission]
) -> None:
    draft = held_by(citizen)
    send(citizen, draft, "kiem-tra")

    replayed = send(citizen, draft, "kiem-tra")
    changed = send(citizen, draft, "lien-he", phone="0987654321")

    for response in (replayed, changed):
        assert response["Location"] == f"/to-khai/{draft.pk}/xong"
    assert len(received) == 1
    assert Submission.objects.get().answers["phone"] == "+84912345678"


def test_draft_is_deleted_after_asking(citizen: Client) -> None:
    draft = begin(citizen)
    send(citizen, draft, "giay-to-1", paper_1__files=make_upload())

    asked = citizen.get(f"/to-khai/{draft.pk}/xoa")
    citizen.post(f"/to-khai/{draft.pk}/xoa")

    assert asked.status_code == 200
    assert not Draft.objects.exists()
    assert not Attachment.objects.exists()


HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% debug %}",
    "${7*7}",
    '"><img src=x onerror=alert(1)>',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_literally_f12(citizen: Client, text: str) -> None:
    draft = held_by(citizen, form_version=make_form_version(audiences=["organisation"]))

    send(citizen, draft, "to-chuc", organisation_name=text, tax_code="0100109106")

    assert f'value="{escape(text)}"' in shown(citizen, draft, "to-chuc")
    assert f"<bdi>{escape(text)}</bdi>" in shown(citizen, draft, "kiem-tra")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyê\u0303n Thi\u0323 A", "Nguyễn Thị A"),
        ("A\r\nBcc: x@example.vn", "A Bcc: x@example.vn"),
        ("A\x00B\u202eC", "ABC"),
        ("H'Hen Niê", "H'Hen Niê"),
    ],
)
def test_name_is_kept_in_normal_form_n1(citizen: Client, typed: str, kept: str) -> None:
    draft = begin(citizen)

    send(citizen, draft, "nguoi-de-nghi", full_name=typed)

    assert answers(draft)["full_name"] == kept


@pytest.mark.parametrize("typed", ["٠١١١٩٠٠٠٠١٢٣", "０１１１９００００１２３", "011.190.000.123"])
def test_digits_of_any_script_are_kept_as_ascii_n3(citizen: Client, typed: str) -> None:
    draft = begin(citizen)

    send(citizen, draft, "nguoi-de-nghi", identity_number=typed)

    assert answers(draft)["identity_number"] == "011190000123"


def test_megabyte_of_name_is_refused_and_shown_again_n5(citizen: Client) -> None:
    draft = begin(citizen)

    response = send(citizen, draft, "nguoi-de-nghi", full_name="x" * 1_000_000)

    assert response.status_code == 200
    assert len(answers(draft)["full_name"]) <= 20_000


def test_body_of_ten_megabytes_is_refused_f7(citizen: Client) -> None:
    draft = begin(citizen)

    response = citizen.post(
        f"/to-khai/{draft.pk}/ai-nop",
        "filer=" + "x" * 10_000_000,
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code in (400, 413)


def test_english_page_speaks_english(citizen: Client) -> None:
    draft = begin(citizen)

    page = citizen.get(f"/en/to-khai/{draft.pk}/ai-nop").content.decode()

    assert "For whom do you file?" in page
    assert f"/en/to-khai/{draft.pk}/ai-nop" in page


def test_page_needs_few_queries(citizen: Client, django_assert_max_num_queries: Any) -> None:
    draft = held_by(citizen)
    shown(citizen, draft, "lien-he")

    with django_assert_max_num_queries(12):
        send(citizen, draft, "lien-he", phone="0912345678")
    with django_assert_max_num_queries(12):
        shown(citizen, draft, "kiem-tra")


def test_file_is_downloaded_by_its_sender_alone(citizen: Client) -> None:
    draft = begin(citizen)
    send(citizen, draft, "giay-to-1", paper_1__files=make_upload('giấy "tờ".pdf'))
    file = Attachment.objects.get()

    response = citizen.get(f"/to-khai/{draft.pk}/tep/{file.pk}")

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"/to-khai/{draft.pk}/tep/{file.pk}").status_code == 404
    other = begin(citizen)
    assert citizen.get(f"/to-khai/{other.pk}/tep/{file.pk}").status_code == 404


def test_file_of_another_session_is_not_removed_u13(citizen: Client) -> None:
    draft = begin(citizen)
    send(citizen, draft, "giay-to-1", paper_1__files=make_upload())
    file = Attachment.objects.get()
    other = Client()
    theirs = begin(other)

    assert send(other, theirs, "giay-to-1", remove=str(file.pk)).status_code == 404
    assert send(other, draft, "giay-to-1", remove=str(file.pk)).status_code == 404
    assert Attachment.objects.filter(pk=file.pk).exists()


def test_file_is_removed_by_its_sender(citizen: Client) -> None:
    draft = begin(citizen)
    send(citizen, draft, "giay-to-1", paper_1__files=make_upload())

    response = send(citizen, draft, "giay-to-1", remove=str(Attachment.objects.get().pk))

    assert response["Location"].endswith("/giay-to-1#paper_1")
    assert not Attachment.objects.exists()


def test_upload_without_a_draft_is_not_taken_u12(citizen: Client) -> None:
    foreign = make_draft()

    response = send(citizen, foreign, "giay-to-1", paper_1__files=make_upload())

    assert response.status_code == 404
    assert not Attachment.objects.exists()


def test_refused_file_leaves_the_others(citizen: Client) -> None:
    draft = begin(citizen)

    response = send(
        citizen,
        draft,
        "giay-to-1",
        paper_1__files=[make_upload(), make_upload("a.exe", b"MZ")],
    )

    assert response.status_code == 200
    assert "a.exe" in response.content.decode()
    assert [file.name for file in Attachment.objects.all()] == ["to-khai.pdf"]
