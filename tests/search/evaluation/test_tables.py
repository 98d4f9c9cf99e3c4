from search.evaluation import ClassScore, score_table


def test_table_has_a_line_for_each_class():
    figures = {"nDCG@10": 0.5, "S@1": 0.25, "S@10": 1.0, "MRR": 0.75}

    table = list(score_table([ClassScore("short", 12, figures, 0.1, 0.2, 3.25, 9.0)]))

    assert table[0].split() == [
        *("class", "n", "nDCG@10", "S@1", "S@10", "MRR", "zero", "nothing"),
        *("p50", "ms", "p95", "ms"),
    ]
    assert table[1].split() == [
        *("short", "12", "0.500", "0.250", "1.000", "0.750", "0.100", "0.200", "3.2", "9.0"),
    ]


def test_class_without_answers_has_no_figures_of_answers():
    table = list(score_table([ClassScore("none", 3, {"nothing": 1.0}, 0.5, 1.0, 1.0, 1.0)]))

    assert table[1].split()[2:8] == ["–", "–", "–", "–", "0.500", "1.000"]
