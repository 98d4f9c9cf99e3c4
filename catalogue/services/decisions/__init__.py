"""Publication decisions, from draft to in force (D63 art. 15).

Submitting pins each text, and what is approved is what was submitted; entering is one short
transaction; coming into force is by date and needs no job.
"""

from catalogue.services.decisions.approve import approve_decision
from catalogue.services.decisions.correct import prepare_correction
from catalogue.services.decisions.enter import enter_decision, take_effect
from catalogue.services.decisions.four_eyes import approval_has_lapsed
from catalogue.services.decisions.items import (
    add_codes,
    add_item,
    add_items,
    change_item_day,
    publishing_agency,
    remove_item,
)
from catalogue.services.decisions.long_steps import stop_step, take_step
from catalogue.services.decisions.prepare import (
    change_decision,
    prepare_decision,
    return_decision,
    withdraw_decision,
)
from catalogue.services.decisions.signed_files import keep_signed_file
from catalogue.services.decisions.states import DecisionRefused, ItemsRefused
from catalogue.services.decisions.submit import submit_decision

__all__ = [
    "DecisionRefused",
    "ItemsRefused",
    "add_codes",
    "add_item",
    "add_items",
    "approval_has_lapsed",
    "approve_decision",
    "change_decision",
    "change_item_day",
    "enter_decision",
    "keep_signed_file",
    "prepare_correction",
    "prepare_decision",
    "publishing_agency",
    "remove_item",
    "return_decision",
    "stop_step",
    "submit_decision",
    "take_effect",
    "take_step",
    "withdraw_decision",
]
