import pytest

from catalogue import clock
from catalogue.models import ProcedureUsage
from factories.search import publish
from search.selectors import search_procedures
from search.services import apply_changes
from search.services.announce_uses import announce_uses

pytestmark = pytest.mark.django_db


def test_more_used_procedure_comes_first_among_equals_once_announced(engine):
    publish("1.000001", "Đăng ký kết hôn")
    publish("1.000002", "Đăng ký kết hôn")
    apply_changes()
    month = clock.today().replace(day=1)
    ProcedureUsage.objects.create(procedure_code="1.000002", month=month, views=500)

    before = [item.code for item in search_procedures("kết hôn").items]
    assert announce_uses() == 1
    apply_changes()

    assert before == ["1.000001", "1.000002"]
    assert [item.code for item in search_procedures("kết hôn").items] == ["1.000002", "1.000001"]
