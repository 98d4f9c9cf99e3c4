import os
import subprocess
import sys

from tools.stages import ROOT

MEASURED = """
def test_measured(record_property):
    record_property("table", "class  n\\nplain  3")
    record_property("other", "of no interest")
"""


def test_tables_of_tests_are_printed_once_after_the_run(tmp_path):
    (tmp_path / "test_measured.py").write_text(MEASURED)

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tools.pytest_tables", "-p", "no:django"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests"), "PYTEST_ADDOPTS": "--rootdir=."},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.count("class  n\nplain  3\n") == 1
    assert "of no interest" not in run.stdout
