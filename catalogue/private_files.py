"""Files that no address serves: views hand them out by right."""

import uuid
from typing import Any

from django.core.files.storage import storages
from django.core.files.storage.base import Storage


def private_storage() -> Storage:
    """Return the storage that no address serves."""
    return storages["private"]


def decision_file_key(_decision: Any, _filename: str) -> str:
    """Return a new place for a signed decision, never one that a sent name tells (U9)."""
    return f"decisions/{uuid.uuid4().hex}.pdf"
