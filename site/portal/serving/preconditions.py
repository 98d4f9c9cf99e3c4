"""What must hold before anything is started, told in words that say what to do."""

import errno
import shutil
import socket
from pathlib import Path

MINIMUM_FREE_BYTES = 500 * 1024 * 1024


class CannotServe(Exception):
    """The product can't start; the message says why and what to do."""


def require_free_port(host: str, port: int) -> None:
    """Raise `CannotServe` if nothing can listen on `host`:`port`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(_port_trouble(port, error)) from error


def require_free_space(folder: Path, needed: int = MINIMUM_FREE_BYTES) -> None:
    """Raise `CannotServe` if the disk of `folder` has fewer than `needed` bytes free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotServe(
            f"The disk is full: {folder} has {free // 2**20} MB left and needs"
            f" {needed // 2**20} MB. Free some space, or name another folder: VAR_DIR=/other/folder"
        )


def _port_trouble(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken: another program listens on it."
            f" Stop that program, or choose another port: PORT={port + 1} make serve"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than you have. Choose one above 1023: PORT=8000"
    return f"Port {port} can't be opened: {error.strerror}."
