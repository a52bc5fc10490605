"""`concord explain RULE FILE`: how one rule judges a document."""

from __future__ import annotations

from tests.cli.runner import AS_OF, concord

TELECOM = "app/catalogue/templates/telecom.yaml"


def explained(rule: str, *options: str) -> str:
    ran = concord("explain", rule, TELECOM, "--as-of", AS_OF, *options)
    assert (ran.status, ran.err) == (0, "")
    return " ".join(ran.out.split())


def test_matches_are_told_with_what_made_them():
    """Every deciding part with its value, negation kept."""
    said = explained("INC103")

    assert "advisers-new-customers" in said
    assert "– largest accelerator: above 1 (2) – pay has no gate – pay is not scaled by another KPI" in said


def test_near_misses_are_told_with_all_that_stands_in_the_way():
    """One part, as it is."""
    said = explained("INC103")

    assert "NEAR MISSES: ALL THAT STANDS IN THE WAY" in said
    assert "agents-aht · Average handling time (AHT) – largest accelerator: at most 1 (1)" in said


def test_what_cannot_be_judged_is_told_with_what_is_missing():
    """Never as a silent pass."""
    said = explained("GOV102")

    assert "0 match, 0 nearly do, 1 cannot be judged, 0 are clear" in said
    assert "it cannot be said whether this holds: no executive sponsors the customers' cause" in said


def test_all_of_it_is_told_in_german():
    """With the same facts."""
    said = explained("INC103", "--lang", "de")

    assert "BEINAHE: ALLES, WAS DAGEGEN SPRICHT" in said
    assert "– größter Beschleuniger: über 1 (2) – die Zahlung hat keine Vorbedingung" in said


def test_a_rule_that_there_is_not_is_told_with_the_nearest():
    """Status 2, nothing on standard output."""
    ran = concord("explain", "INC130", TELECOM)

    assert (ran.status, ran.out) == (2, "")
    assert "there is no rule 'INC130'; did you mean" in ran.err
