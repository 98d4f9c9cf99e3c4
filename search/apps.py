from django.apps import AppConfig
from django.core.signals import request_finished


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register checks, the editors' synonyms, the lexicon and the counting of queries."""
        # All need the settings and the models to be complete.
        from search import checks  # noqa: F401, PLC0415
        from search.lexicon import set_lexicon_source  # noqa: PLC0415
        from search.selectors.editors_synonyms import EDITORS_SYNONYMS  # noqa: PLC0415
        from search.selectors.lexicon import STORED_LEXICON  # noqa: PLC0415
        from search.services.asked_queries import write_asked_when_due  # noqa: PLC0415
        from search.synonyms import add_synonym_source  # noqa: PLC0415

        add_synonym_source(EDITORS_SYNONYMS)
        set_lexicon_source(STORED_LEXICON)
        request_finished.connect(write_asked_when_due)
