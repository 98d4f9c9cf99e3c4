"""The product's settings, its middleware included, with the ceiling's own three addresses."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "performance.ceiling_urls"
