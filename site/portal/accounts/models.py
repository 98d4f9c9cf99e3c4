"""Who logs in: staff and citizens in one table."""

import uuid
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from catalogue import clock

SESSION_SALT = "portal.accounts.session"


class UserManager(BaseUserManager["User"]):
    """Makes users who log in by e-mail or by phone."""

    def create_user(
        self, email: str = "", phone: str = "", password: str | None = None, **extra: Any
    ) -> "User":
        """Create a user with `email` or `phone` (E.164), or both; raises `ValueError` without."""
        if not email and not phone:
            raise ValueError("A user needs an e-mail address or a phone number.")
        user = self.model(
            email=self.normalize_email(email).lower() or None, phone=phone or None, **extra
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Create an operator of the installation, whose address counts as verified.

        Whoever can run commands on the machine vouches for it.
        """
        user = self.create_user(
            email=email, password=password, is_staff=True, is_superuser=True, **extra
        )
        addresses = apps.get_model("account", "EmailAddress").objects
        addresses.create(user=user, email=user.email, verified=True, primary=True)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in; what they may do comes from `catalogue.Membership` alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=16, unique=True, null=True, blank=True)
    full_name = models.CharField(_("full name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, default="vi")
    is_active = models.BooleanField(_("active"), default=True)
    # Derived: holds at least one staff membership, so Wagtail lets the user into its admin.
    is_staff = models.BooleanField(_("staff"), default=False)
    date_joined = models.DateTimeField(_("joined on"), default=clock.now)
    # Part of the hash in every session: one more, and all sessions of the user are over.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False),
                name="user_has_email_or_phone",
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or self.phone or str(self.public_id)

    def get_full_name(self) -> str:
        """Return the name shown in admin screens and logs of work."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the name used in greetings."""
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        epoch = f"{self.password}:{self.session_epoch}"
        return salted_hmac(SESSION_SALT, epoch, secret=secret, algorithm="sha256").hexdigest()

    @property
    def first_name(self) -> str:
        """The full name: Vietnamese names are one field, and admin screens ask for two."""
        return self.full_name

    @property
    def last_name(self) -> str:
        """Always empty; see `first_name`."""
        return ""


class SharedCacheEntry(models.Model):
    """A row of Django's database cache, where processes share rate limits; never used directly."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_shared_cache"

    def __str__(self) -> str:
        return self.cache_key
