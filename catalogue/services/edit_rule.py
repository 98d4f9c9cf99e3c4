"""Changing a rule of law by hand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.models import Rule
from catalogue.permissions import Permission, require
from catalogue.services.audit import record


@transaction.atomic
def edit_rule(*, rule: Rule, by: Any) -> Rule:
    """Store `rule` as `by` changed it; later releases leave it as it is.

    Raises `PermissionDenied`, and `ValidationError` when another row gives the same rule a value
    at the same time.
    """
    require(by, Permission.MANAGE_RULES)
    before = Rule.objects.filter(pk=rule.pk).first()
    _refuse_overlap(rule)
    rule.edited = True
    rule.save()
    record(
        by=by,
        action="rule.edited",
        target=rule,
        before=_state(before) if before else None,
        after=_state(rule),
        note=rule.key,
    )
    return rule


def _refuse_overlap(rule: Rule) -> None:
    others = Rule.objects.filter(key=rule.key).exclude(pk=rule.pk)
    if rule.valid_to is not None:
        others = others.filter(valid_from__lt=rule.valid_to)
    if others.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=rule.valid_from)).exists():
        raise ValidationError(_("Another row gives this rule a value at the same time."))


def _state(rule: Rule) -> dict[str, Any]:
    return {
        "key": rule.key,
        "value": rule.value,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "article": rule.article,
        "text_seen": rule.text_seen,
    }
