import pytest

from catalogue.services.rules import load_rules


@pytest.fixture
def rules(db: None) -> None:
    load_rules()
