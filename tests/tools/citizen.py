"""A citizen who submits drafts to a running web server, without a browser."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.core.signing import get_cookie_signer

from factories.formbuilder import DEVICE_KEY
from formbuilder.interfaces.visitor import COOKIE, SALT

TOKEN = "t" * 32
PROCEDURE = "/thu-tuc/9.000001"


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float

    @property
    def asks_to_try_again(self) -> bool:
        return self.status == 503 and "Retry-After" in self.headers

    @property
    def confirms(self) -> bool:
        return self.status == 302 and self.headers["Location"].endswith("/xong")


@dataclass(frozen=True)
class Site:
    """A web server at `port` over the database at `database_url`, with drafts to submit."""

    port: int
    database_url: str
    drafts: list[str]

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def submit(self, draft: str) -> Answer:
        return self._ask("POST", f"/to-khai/{draft}/kiem-tra", {"csrfmiddlewaretoken": TOKEN})

    def _ask(self, method: str, address: str, form: dict[str, str] | None = None) -> Answer:
        device = get_cookie_signer(salt=COOKIE + SALT).sign(DEVICE_KEY)
        headers = {
            "Cookie": f"{COOKIE}={device}; csrftoken={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        started = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, address, urlencode(form or {}), headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        seconds = time.monotonic() - started
        return Answer(response.status, dict(response.getheaders()), text, seconds)
