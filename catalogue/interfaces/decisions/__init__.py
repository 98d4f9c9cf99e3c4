"""Screens of publication decisions in the admin."""
