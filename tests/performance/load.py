"""A small bounded load on one address of this machine: threads with connections kept open."""

import socket
import threading
import time
from dataclasses import dataclass
from statistics import median

CONNECTIONS = 8


@dataclass(frozen=True)
class Measurement:
    """Answers per second over all connections, and the median and 99th percentile in ms."""

    per_second: float
    median_ms: float
    p99_ms: float


def measure(port: int, path: str, seconds: float) -> Measurement:
    """Ask for `path` on 127.0.0.1:`port` over and over for `seconds`.

    Raises `RuntimeError` when an answer is not 200.
    """
    latencies: list[float] = []
    failures: list[str] = []
    stop_at = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_ask_until, args=(port, path, stop_at, latencies, failures))
        for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{len(failures)} connections failed, first: {failures[0]}")
    ordered = sorted(latencies)
    return Measurement(
        per_second=len(ordered) / seconds,
        median_ms=1000 * median(ordered),
        p99_ms=1000 * ordered[int(len(ordered) * 0.99)],
    )


def _ask_until(
    port: int, path: str, stop_at: float, latencies: list[float], failures: list[str]
) -> None:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (started := time.monotonic()) < stop_at:
                connection.sendall(request)
                _read_answer(connection)
                latencies.append(time.monotonic() - started)
    except (OSError, ValueError) as error:
        failures.append(repr(error))


def _read_answer(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _receive(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(head.split(b"\r\n", 1)[0].decode())
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    while len(body) < length:
        body += _receive(connection)


def _receive(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    if not chunk:
        raise ValueError("the server closed the connection")
    return chunk
