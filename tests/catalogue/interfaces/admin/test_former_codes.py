from datetime import date

import pytest
from django.test import Client

from catalogue.enums import DecisionAction, Role
from catalogue.models import FormerCode
from factories.catalogue import make_decision, make_member, make_ministry, make_version

pytestmark = pytest.mark.django_db
ADD = "/quan-tri/former_codes/new/"


def test_t3_code_of_another_ministry_is_refused_at_its_field_and_kept(client: Client) -> None:
    own, other = make_ministry(), make_ministry("G02", "Bộ Khác")
    current = make_version(own).procedure.code
    abolished = make_version(other, begins=date(2020, 1, 1)).procedure
    make_decision(
        (abolished, DecisionAction.ABOLISH, date(2021, 1, 1)),
        agency=other,
        editor=make_member(Role.MINISTRY_EDITOR, other),
        approver=make_member(Role.MINISTRY_APPROVER, other),
    )
    client.force_login(make_member(Role.MINISTRY_EDITOR, own))

    response = client.post(ADD, {"code": abolished.code, "current": current})

    html = response.content.decode()
    assert response.status_code == 200
    assert f"{abolished.code} do Bộ Khác công bố" in html
    assert f'value="{abolished.code}"' in html
    assert f'value="{current}"' in html
    assert not FormerCode.objects.exists()
