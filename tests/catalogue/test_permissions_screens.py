import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import clock
from catalogue.enums import AgencyKind, JobState, Level, Role
from catalogue.models import AuditEntry, Job, Membership, Rule
from catalogue.services.audit import record
from factories.catalogue import make_agency, make_member, make_membership, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def province():
    return make_agency()


@pytest.fixture
def administrator(client, province):
    user = make_member(Role.AGENCY_ADMINISTRATOR, province)
    client.force_login(user)
    return user


@pytest.fixture
def member(province):
    return make_membership(make_user(), province, valid_from=clock.today() - DAY)


def invite(client, agency, **changes):
    data = {
        "email": "moi@example.vn",
        "full_name": "Lò Thị Mới",
        "agency": agency.pk,
        "role": Role.CASHIER,
        "valid_from": clock.today().isoformat(),
        "valid_to": "",
    }
    return client.post(reverse("members:add"), data | changes)


@pytest.mark.usefixtures("administrator")
def test_administrator_invites_a_member(client, province):
    response = invite(client, province)

    assert response.status_code == 302
    assert Membership.objects.get(user__email="moi@example.vn").role == Role.CASHIER
    assert Job.objects.filter(kind="invitation").count() == 1


@pytest.mark.usefixtures("administrator")
def test_t9_forged_agency_is_refused(client):
    response = invite(client, make_agency())

    assert response.status_code == 200
    assert "agency" in response.context["form"].errors
    assert not Membership.objects.filter(user__email="moi@example.vn").exists()


@pytest.mark.usefixtures("administrator")
def test_role_outside_its_place_is_told_at_the_form(client, province):
    response = invite(client, province, role=Role.MINISTRY_APPROVER)

    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1


def test_t9_administrator_cannot_invite_themselves(client, province, administrator):
    response = invite(client, province, email=administrator.email, role=Role.AUDITOR)

    assert response.status_code == 302
    assert administrator.memberships.count() == 1


@pytest.mark.parametrize(
    ("act", "data", "active"),
    [("end", {"on": True}, 0), ("suspend", {}, 0), ("resume", {}, 1)],
)
@pytest.mark.usefixtures("administrator")
def test_administrator_acts_on_a_member(client, member, act, data, active):
    if act == "resume":
        Membership.objects.filter(pk=member.pk).update(suspended_at=clock.now())
    data = {"on": clock.today().isoformat()} if data else {}

    response = client.post(reverse(f"members:{act}", args=[member.pk]), data)

    assert response.status_code == 302
    assert Membership.objects.active().filter(pk=member.pk).count() == active


@pytest.mark.usefixtures("administrator")
def test_administrator_moves_a_member(client, province, member):
    commune = make_agency(parent=province, level=Level.COMMUNE)
    data = {"agency": commune.pk, "on": clock.today().isoformat()}

    client.post(reverse("members:move", args=[member.pk]), data)

    assert Membership.objects.active().get(user=member.user).agency == commune


@pytest.mark.usefixtures("administrator")
def test_administrator_sets_a_stand_in(client, province, member):
    colleague = make_membership(agency=province, role=Role.APPRAISER)
    data = {
        "colleague": colleague.pk,
        "valid_from": clock.today().isoformat(),
        "valid_to": (clock.today() + DAY).isoformat(),
    }

    client.post(reverse("members:stand-in", args=[member.pk]), data)

    assert member.stand_ins.get().user == colleague.user


@pytest.mark.usefixtures("administrator")
def test_member_list_reads_as_often_for_one_as_for_three(client, province):
    make_membership(agency=province)
    client.get(reverse("members:index"))
    counts = []

    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("members:index"))
        counts.append(len(queries))
        make_membership(agency=province)
        make_membership(agency=make_agency(parent=province))

    assert counts[0] == counts[1]


@pytest.fixture
def controller(client):
    office = make_agency(kind=AgencyKind.GOVERNMENT, level=Level.MINISTRY)
    user = make_member(Role.GOVERNMENT_CONTROL, office)
    client.force_login(user)
    return user


@pytest.fixture
def rule():
    return Rule.objects.create(
        key="test.days", value=5, unit="day", valid_from="2020-01-01", article="D63 art. 15"
    )


def rule_data(**changes):
    return {
        "key": "test.days",
        "value": "7",
        "unit": "day",
        "valid_from": "2020-01-01",
        "valid_to": "",
        "article": "D63 art. 15",
        "text_seen": "on",
        "label": "",
        "label_en": "",
    } | changes


def test_edited_rule_is_marked_and_audited(client, controller, rule):
    client.post(reverse("rules:edit", args=[rule.pk]), rule_data())

    rule.refresh_from_db()
    assert (rule.value, rule.edited, rule.text_seen) == (7, True, True)
    assert AuditEntry.objects.get(action="rule.edited").user_id == controller.pk


@pytest.mark.usefixtures("controller", "rule")
def test_overlapping_rule_is_refused_at_the_form(client):
    response = client.post(reverse("rules:add"), rule_data(valid_from="2021-01-01"))

    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1
    assert Rule.objects.filter(key="test.days").count() == 1


@pytest.mark.usefixtures("controller", "rule")
def test_rule_list_tells_whose_text_nobody_read(client):
    response = client.get(reverse("rules:index"))

    assert "D63 art. 15" in response.content.decode()
    assert [row.text_seen for row in response.context["object_list"]] == [False]


def test_job_that_was_given_up_is_tried_again(client, controller):
    job = Job.objects.create(kind="test", state=JobState.DEAD, attempts=10, last_error="Boom")

    page = client.get(reverse("operations:index"))
    client.post(reverse("operations:retry", args=[job.pk]))

    job.refresh_from_db()
    assert page.context["queue"].dead == 1
    assert (job.state, job.attempts) == (JobState.PENDING, 0)
    assert AuditEntry.objects.get(action="job.retried").user_id == controller.pk


@pytest.mark.usefixtures("controller")
def test_waiting_job_is_left_alone(client):
    job = Job.objects.create(kind="test", attempts=3)

    client.post(reverse("operations:retry", args=[job.pk]))

    job.refresh_from_db()
    assert job.attempts == 3


@pytest.mark.usefixtures("administrator")
def test_audit_trail_is_filtered(client, province):
    make_membership(agency=province)

    response = client.get(reverse("audit:index"), {"action": "granted"})

    assert {entry.action for entry in response.context["object_list"]} == {"membership.granted"}


@pytest.mark.usefixtures("administrator")
def test_audit_trail_has_no_door_to_change_it(client, province):
    entry = AuditEntry.objects.filter(agency_code=province.code).first()

    answers = [client.post(f"/quan-tri/audit/{verb}/{entry.pk}/") for verb in ("edit", "delete")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("viewset", ["members", "agencies"])
def test_list_offers_what_can_be_done(client, member, viewset):
    content = client.get(reverse(f"{viewset}:index")).content.decode()

    pk = member.pk if viewset == "members" else member.agency_id
    acts = ["move", "stand-in", "suspend", "end"] if viewset == "members" else []
    for name in ["inspect", *acts]:
        assert reverse(f"{viewset}:{name}", args=[pk]) in content


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("act", ["move", "stand-in", "suspend", "resume", "end"])
def test_act_shows_its_form(client, member, act):
    assert client.get(reverse(f"members:{act}", args=[member.pk])).status_code == 200


def test_x3_names_in_an_exported_trail_are_no_formulas(client, administrator, province):
    citizen = make_user(full_name='=HYPERLINK("https://evil.example")')
    record(by=citizen, action="submit_draft", target=province, agency=province)

    response = client.get(reverse("audit:index") + "?export=csv")

    rows = list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))
    names = {row[2] for row in rows}
    assert "'" + citizen.full_name in names
    assert citizen.full_name not in names
