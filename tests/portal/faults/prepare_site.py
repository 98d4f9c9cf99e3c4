"""Collects static files and makes complete drafts; prints the drafts' ids.

    python tests/portal/faults/prepare_site.py NUMBER

The database and VAR_DIR are those of the environment.
"""

import sys

import django
from django.core.management import call_command

django.setup()

from factories.formbuilder import make_commune, make_complete_draft, make_form_version  # noqa: E402

call_command("collectstatic", interactive=False, verbosity=0)
form_version, place = make_form_version(code="9.000001"), make_commune()
for _ in range(int(sys.argv[1])):
    print(make_complete_draft(form_version=form_version, place=place).pk)
