"""The product's settings on a later day: a web server with these shows what the days bring."""

import os
from datetime import datetime, timedelta, tzinfo

from catalogue import clock
from portal.settings import *  # noqa: F403

AHEAD = timedelta(days=int(os.environ["DAYS_AHEAD"]))


class LaterDatetime(datetime):
    """A clock that is `AHEAD` of the machine's."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        """Return the moment that will be."""
        return datetime.now(tz) + AHEAD  # noqa: TID251 - this is the clock


clock.datetime = LaterDatetime
