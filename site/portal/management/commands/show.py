"""Says where the product answers, who can log in, and what is worth clicking."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.urls import reverse

from portal.serving.demo import demo_accounts, demo_password

WALK = (
    "1. On the home page, type: dang ky ket hon",
    "2. Read the procedure, press the button to file it online, fill in the form, leave, come back",
    "3. Send it; keep the submission number and open the acknowledgement",
    "4. In another browser, log in as the counter officer of that ward and open the desk",
    "5. Accept the dossier: it gets its code and its due date",
    "6. As the citizen, follow the dossier by its code",
)


class Command(BaseCommand):
    """`show`: addresses, log-ins and a walk through the product."""

    help = "Prints addresses, demo log-ins and what to click."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.show_addresses()
        self.show_accounts()
        self.show_walk()

    def show_addresses(self) -> None:
        addresses = (
            ("home", "/"),
            ("search", "/tim-kiem?q=dang+ky+ket+hon"),
            ("a procedure", "/thu-tuc/1.000894"),
            ("track", "/ho-so"),
            ("officer's desk", "/mot-cua/"),
            ("administration", "/quan-tri/"),
            ("log in", reverse("account_login")),
            ("in English", "/en/"),
        )
        for name, path in addresses:
            self.stdout.write(f"{name:<16}{settings.PUBLIC_URL}{path}")

    def show_accounts(self) -> None:
        emails = [account.email for account in demo_accounts()]
        existing = set(
            get_user_model().objects.filter(email__in=emails).values_list("email", flat=True)
        )
        if not existing:
            self.stdout.write("\nNo demo accounts: the samples are not loaded here.")
            return
        self.stdout.write(f"\nPassword of every demo account: {demo_password(settings.VAR_DIR)}")
        for account in demo_accounts():
            if account.email in existing:
                roles = ", ".join(f"{role.label} {agency}" for agency, role in account.memberships)
                self.stdout.write(f"  {account.email:<34}{account.full_name}  {roles}")

    def show_walk(self) -> None:
        self.stdout.write("\nWhat to click")
        for step in WALK:
            self.stdout.write(f"  {step}")
