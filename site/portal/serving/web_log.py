"""The log of the web server."""

from typing import Any

from gunicorn.glogging import Logger


class WebLog(Logger):  # type: ignore[misc]
    """Tells what goes wrong and writes no line per request: the proxy in front has a log for that.

    With a logging of ours gunicorn would prepare that line each time, only to see it thrown away.
    """

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Say nothing."""
