from factories.real_corpus import IS_THERE, real_documents
from search.engines import current_engine

if IS_THERE:  # beside a working copy of the project; there is nothing to search in elsewhere

    def test_corpus_holds_every_real_procedure(corpus):
        assert current_engine().count() == len(real_documents()) == 2_832
