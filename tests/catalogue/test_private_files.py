"""Files in private collections: only Wagtail's own view gives them, and only to who may see."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from catalogue.enums import Role
from factories.catalogue import make_member

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 khong duoc lo"


def file_in(collection: Collection) -> Document:
    return get_document_model().objects.create(
        title="Tệp không được lộ",
        collection=collection,
        file=ContentFile(CONTENT, name="mat.pdf"),
    )


@pytest.fixture
def private() -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Riêng")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return collection


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_t5_file_of_a_private_collection_or_below_is_not_given(
    client: Client, private: Collection, depth: int
) -> None:
    collection = private
    for level in range(depth):
        collection = collection.add_child(name=f"Dưới {level}")

    address = file_in(collection).url

    response = client.get(address, follow=True)

    assert response.redirect_chain[-1][0].startswith("/tai-khoan/dang-nhap?next=%2Ftep%2F")
    assert CONTENT not in response.content


def test_t5_file_of_a_private_collection_is_given_to_who_may_see_it(
    client: Client, private: Collection
) -> None:
    client.force_login(make_member(Role.COUNTER_OFFICER))

    response = client.get(file_in(private).url)

    assert b"".join(response.streaming_content) == CONTENT


@pytest.mark.parametrize("prefix", ["/media/", "/tep/", "/static/", "/"])
def test_t5_file_has_no_address_on_the_disk(
    client: Client, private: Collection, prefix: str
) -> None:
    document = file_in(private)

    response = client.get(f"{prefix}{document.file.name}")

    assert response.status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/api/v2/documents/",
        "/api/v2/images/",
        "/api/v2/pages/",
        "/api/v3/documents/",
        "/images/sig/1/fill-100x100/",
        "/media/images/x.png",
    ],
)
def test_t5_no_api_and_no_dynamic_picture_is_mounted(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_t5_uploads_are_served_by_the_view_that_asks_for_the_right() -> None:
    assert settings.WAGTAILDOCS_SERVE_METHOD == "serve_view"
