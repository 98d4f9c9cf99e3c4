"""Static files under names that hold their hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KnownAddressStorage(CompressedManifestStaticFilesStorage):
    """Makes each address once: a page has a dozen, and their manifest is read at the start."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of file `name`."""
        address = self._addresses.get(name)
        if address is None or force:
            address = self._addresses[name] = super().url(name, force)
        return address
