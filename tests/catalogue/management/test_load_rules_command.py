import pytest
from django.core.management import call_command

from catalogue.models import Rule
from catalogue.services.rules import read_rules

pytestmark = pytest.mark.django_db


def test_load_rules_twice_changes_nothing_the_second_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Rule.objects.all().delete()

    call_command("load_rules")
    call_command("load_rules")

    assert capsys.readouterr().out.splitlines() == [
        f"{len(read_rules())} rows changed.",
        "0 rows changed.",
    ]
