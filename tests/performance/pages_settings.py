"""The product's settings, with the empty view of the ceiling beside its own addresses."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "performance.pages_urls"
