"""A kept page and how it answers: compressed, not modified, never past midnight."""

import gzip
import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from catalogue import clock
from catalogue.interfaces.conditional import takes_gzip
from portal.page_cache.generation import Generation

# Browsers and proxies may repeat a page for so long; the stamp of a page then asks for little.
MAX_AGE_SECONDS = 60
GZIP_LEVEL = 6
AWAY_HEADER = "X-Catalogue-Away"
# Given anew with each answer, or never to be repeated to another reader.
_PER_ANSWER = {"set-cookie", "content-length", "vary", "cache-control", "etag", "last-modified"}


@dataclass(frozen=True)
class KeptPage:
    """The body of a page, compressed, with what its answers repeat."""

    generation: Generation
    body: bytes
    length: int
    etag: str
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: HttpResponse, generation: Generation) -> "KeptPage":
        """Return the page that `response` carries."""
        content = response.content
        return cls(
            generation=generation,
            body=gzip.compress(content, GZIP_LEVEL, mtime=0),
            length=len(content),
            # Weak: the compressed and the plain answer share it.
            etag=f'W/"{hashlib.sha256(content).hexdigest()[:32]}"',
            headers=tuple(
                (name, value) for name, value in response.items() if name.lower() not in _PER_ANSWER
            ),
        )

    def answer(self, request: HttpRequest, seconds_away: float) -> HttpResponse:
        """Return the answer to `request`; it tells when the database is away."""
        compressed = takes_gzip(request)
        headers = {
            **dict(self.headers),
            "Content-Length": str(len(self.body) if compressed else self.length),
            "Vary": "Accept-Encoding, Cookie",
            "Cache-Control": f"public, max-age={_seconds_to_repeat(clock.now())}",
            "ETag": self.etag,
        }
        if compressed:
            headers["Content-Encoding"] = "gzip"
        if seconds_away:
            headers[AWAY_HEADER] = f"{seconds_away:.0f}"
        response = HttpResponse(self._content(request, compressed), headers=headers)
        # By its tag alone: pages made within one second would share their date.
        if "HTTP_IF_NONE_MATCH" in request.META:
            return get_conditional_response(request, self.etag, response=response) or response
        return response

    def _content(self, request: HttpRequest, compressed: bool) -> bytes:
        if request.method == "HEAD":
            return b""
        return self.body if compressed else gzip.decompress(self.body)


def _seconds_to_repeat(now: datetime) -> int:
    """Return for how long others may repeat a page: never past midnight, when versions change."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), clock.LOCAL_TZ)
    return min(MAX_AGE_SECONDS, int((midnight - now).total_seconds()))
