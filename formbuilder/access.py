"""The secret of a device: it opens the drafts that were started there without an account."""

import hashlib
import secrets


def new_device_key() -> str:
    """Return a fresh secret of 256 bits for the cookie of a device."""
    return secrets.token_urlsafe(32)


def device_key_hash(key: str) -> str:
    """Return what is stored of a device's secret."""
    return hashlib.sha256(key.encode()).hexdigest()
