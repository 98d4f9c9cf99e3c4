from pathlib import Path

from django.core.files.base import ContentFile
from django.test import override_settings

from portal.static_files import KnownAddressStorage


def collected(folder: Path, content: bytes) -> KnownAddressStorage:
    """Return the storage as a process finds it that starts after a file was collected."""
    storage = KnownAddressStorage(location=folder, base_url="/static/")
    storage.delete("a.css")
    storage.save("a.css", ContentFile(content))
    list(storage.post_process({"a.css": (storage, "a.css")}))
    return KnownAddressStorage(location=folder, base_url="/static/")


def test_address_holds_the_hash_of_the_file_each_time(tmp_path: Path) -> None:
    storage = collected(tmp_path, b"a{}")

    addresses = {storage.url("a.css") for _ in range(2)} | {
        collected(tmp_path, b"a{}").url("a.css")
    }

    assert len(addresses) == 1
    assert addresses != {"/static/a.css"}


def test_other_file_after_another_start_has_another_address(tmp_path: Path) -> None:
    before = collected(tmp_path, b"a{}").url("a.css")

    assert collected(tmp_path, b"b{}").url("a.css") != before


def test_address_holds_no_hash_while_debugging(tmp_path: Path) -> None:
    storage = collected(tmp_path, b"a{}")

    with override_settings(DEBUG=True):
        assert storage.url("a.css") == "/static/a.css"
