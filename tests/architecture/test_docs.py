import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.utils.module_loading import autodiscover_modules

from catalogue.enums import Role
from catalogue.jobs import SCHEDULE_KIND, registry
from catalogue.permissions import Permission
from catalogue.services.rules import read_rules
from catalogue.worker import product
from formbuilder.questions import question_types
from portal.documentation.commands import own_commands
from portal.documentation.pages import outdated_pages
from tools import stages

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?:[\w.-]+/)+(?:[\w.-]+\.(?:py|json|tsv|typ|html|css|md|sh|po|log)|)")
# Where a short path of the text may begin.
PLACES = (ROOT, ROOT / "docs", ROOT / "site/portal/templates")
BUILT = ("var/", ".venv/", ".tools/", "build/")
# Folders that every app has, named without an app.
SHARED = (
    "locale/",
    "models/",
    "services/",
    "selectors/",
    "interfaces/",
    "templates/",
    "migrations/",
)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def all_text() -> str:
    return "\n".join(path.read_text("utf-8") for path in PAGES)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", text_of("Makefile"), re.MULTILINE))


def anchors_of(path: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", path.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    broken = []
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if target.startswith(("https://", "http://")):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        if not path.exists() or (anchor and anchor not in anchors_of(path)):
            broken.append(target)
    return broken


def missing_files(page: Path) -> list[str]:
    named = {
        code
        for code in CODE.findall(FENCE.sub("", page.read_text("utf-8")))
        if FILE.fullmatch(code) and not code.startswith((*BUILT, *SHARED))
    }
    return sorted(code for code in named if not any((place / code).exists() for place in PLACES))


def test_generated_pages_are_current() -> None:
    assert [name_of(path) for path in outdated_pages()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_named_file_exists(page: Path) -> None:
    assert missing_files(page) == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_named_command_and_target_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    commands = set(re.findall(r"manage\.py ([a-z_]+)", text))
    targets = set(re.findall(r"(?:`|^|[A-Z]+=\S+ )make ([a-z][a-z-]*)", text, re.MULTILINE))

    assert commands - {"help", *get_commands()} == set()
    assert targets - make_targets() == set()


def test_every_page_is_in_the_index() -> None:
    linked = {
        (ROOT / "docs" / target).resolve() for target in LINK.findall(text_of("docs/README.md"))
    }
    pages = {path for path in (ROOT / "docs").rglob("*.md") if path.name != "README.md"}

    assert {name_of(path) for path in pages - linked} == set()


def test_decisions_are_numbered_without_gap_and_complete() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    incomplete = [
        path.name
        for path in DECISIONS
        if not all(
            part in path.read_text("utf-8")
            for part in (f"# {path.name[:4]} ", "**Context.**", "**Choice.**", "**Consequence.**")
        )
    ]

    assert numbers == list(range(1, len(numbers) + 1))
    assert incomplete == []


def test_every_setting_is_documented() -> None:
    variables = re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", text_of("site/portal/settings.py"))
    page = text_of("docs/operations/settings.md")

    assert [name for name in variables if f"| `{name}` |" not in page] == []


def test_every_command_is_documented() -> None:
    page = text_of("docs/commands.md")

    assert [name for name in own_commands() if f"\n## {name}\n" not in page] == []


def test_every_make_target_is_documented() -> None:
    text = all_text()

    assert [name for name in sorted(make_targets()) if f"make {name}" not in text] == []


def test_every_rule_is_documented() -> None:
    page = text_of("docs/rules.md")

    assert [row.key for row in read_rules() if f"| `{row.key}` |" not in page] == []


def test_every_role_and_permission_is_documented() -> None:
    page = text_of("docs/roles.md")

    assert [name for name in (*Role, *Permission) if f"\n| `{name}` |" not in page] == []


def test_every_question_type_is_documented() -> None:
    page = text_of("docs/questions.md")

    assert [name for name in question_types() if f"\n| `{name}` |" not in page] == []


def test_every_top_level_folder_is_documented() -> None:
    tracked = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    folders = {name.partition("/")[0] for name in tracked if "/" in name}
    page = text_of("docs/architecture.md")

    assert [name for name in sorted(folders) if f"\n| `{name}/` |" not in page] == []


def test_every_job_schedule_and_consumer_is_documented() -> None:
    assert product.registry is registry
    autodiscover_modules("jobs")
    names = {*registry.schedules, *registry.drains, *registry.kinds}
    page = text_of("docs/operations/worker.md")

    assert {
        name
        for name in names
        if not name.startswith(SCHEDULE_KIND) and f"\n| `{name}` |" not in page
    } == set()


def test_every_stage_and_its_budget_is_documented() -> None:
    groups = [value if isinstance(value, tuple) else (value,) for value in vars(stages).values()]
    known = [each for group in groups for each in group if isinstance(each, stages.Stage)]
    rows = re.findall(r"^\| ([a-z ]+) \| .* \| (\d+) \|$", text_of("docs/testing.md"), re.MULTILINE)

    assert {name: int(budget) for name, budget in rows} == {
        stage.name: stage.budget for stage in known
    }
