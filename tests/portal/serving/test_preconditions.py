import re
import socket
from pathlib import Path

import pytest

from portal.serving.preconditions import CannotServe, require_free_port, require_free_space


def test_taken_port_names_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotServe, match=f"Port {port} is taken.*PORT={port + 1} make serve"):
            require_free_port("127.0.0.1", port)


def test_free_port_is_accepted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    require_free_port("127.0.0.1", port)


def test_full_disk_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match=f"disk is full: {re.escape(str(tmp_path))} has"):
        require_free_space(tmp_path, needed=2**60)


def test_enough_space_is_accepted(tmp_path: Path) -> None:
    require_free_space(tmp_path, needed=1)
