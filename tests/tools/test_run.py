import subprocess
import sys
from pathlib import Path

import pytest

from tools import run as runner
from tools import stages
from tools.run import Outcome, figures, missing_for, run, summarise, trouble_of
from tools.stages import Stage
from tools.stages import pytest as pytest_command


def python_stage(code: str, budget: int = 20, **options: object) -> Stage:
    return Stage("tried", (sys.executable, "-S", "-c", code), budget, **options)


def outcome(trouble: str = "", **counts: int) -> Outcome:
    return Outcome(python_stage(""), 1.0, trouble, counts)


def test_stage_that_succeeds_has_no_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    result = run(python_stage("print('said')"))

    assert result.trouble == ""
    assert "said" in capsys.readouterr().out


def test_stage_that_fails_tells_its_exit_code() -> None:
    assert run(python_stage("raise SystemExit(3)")).trouble == "failed with exit code 3"


def test_stage_over_its_budget_is_interrupted() -> None:
    process = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])

    trouble = trouble_of(process, budget=1)

    assert trouble == "over its budget of 1 s"
    assert process.returncode


def test_missing_program_is_named() -> None:
    stage = python_stage("", programs=("no-such-program",))

    assert missing_for(stage, None) == "no-such-program is missing"
    assert run(stage).trouble.startswith("not run: no-such-program is missing")


def test_stage_for_postgres_needs_a_server() -> None:
    stage = python_stage("", needs_postgres=True)

    assert missing_for(stage, None) == "PostgreSQL is missing"
    assert missing_for(stage, "postgresql://server/postgres") == ""


@pytest.mark.parametrize(
    ("trouble", "in_ci", "code"),
    [
        ("", True, 0),
        ("failed with exit code 1", False, 1),
        ("not run: PostgreSQL is missing", False, 0),
        ("not run: PostgreSQL is missing", True, 1),
    ],
)
def test_exit_code_allows_what_is_missing_only_outside_of_ci(
    trouble: str, in_ci: bool, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "IN_CI", in_ci)

    assert summarise([outcome(trouble)], seconds=1.0, budget=None) == code


def test_target_over_its_budget_fails() -> None:
    assert summarise([outcome()], seconds=91.0, budget=90) == 1


def test_closing_line_sums_the_tests_of_all_stages(capsys: pytest.CaptureFixture[str]) -> None:
    summarise([outcome(passed=2, failed=0), outcome(passed=3, failed=1)], 1.0, None)

    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed, 0 skipped"


def test_figures_of_a_stage_come_from_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tried.xml").write_text(
        '<testsuites><testsuite tests="1" failures="0" errors="0" skipped="0"><properties>'
        '<property name="import" value="88 s"/></properties></testsuite></testsuites>'
    )
    monkeypatch.setattr(stages, "REPORTS", tmp_path)

    assert figures(Stage("tried", pytest_command("tests"), 20)) == {"import": "88 s"}
