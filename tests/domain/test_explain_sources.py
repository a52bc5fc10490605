"""How sources are named: short, in full, and by the clause that a rule rests on."""

from __future__ import annotations

import pytest

from app.catalogue.load import catalogue
from app.domain.citations import cited, cited_by_id, reference, reference_by_id, sources
from app.domain.terms import Language


@pytest.mark.parametrize(
    ("id_", "language", "short"),
    [
        ("kerr1975", "en", "Kerr 1975"),
        ("oliva_sterman2001", "en", "Oliva & Sterman 2001"),
        ("chung2014", "en", "Chung et al. 2014"),
        ("aronsson2017", "en", "Aronsson et al. 2017"),
        ("leather_blog", "en", "Leather (unverified)"),
        ("leather_blog", "de", "Leather (ungeprüft)"),
        ("mcintosh_aht", "en", "McIntosh & Associates about 2012"),
        ("mcintosh_aht", "de", "McIntosh & Associates um 2012"),
        ("fsa_fg13_1#section-3", "en", "FSA FG13/1, section 3"),
        ("fsa_fg13_1#section-3", "de", "FSA FG13/1, Abschnitt 3"),
        ("sedgwick_review#R4", "en", "Sedgwick review 2017/2021, R4"),
        ("eba_gl_2016_06#1.6", "de", "EBA/GL/2016/06, 1.6"),
        ("practice_consensus", "en", ""),
        ("nobody_knows", "en", "nobody_knows"),
    ],
)
def test_a_reference_in_a_sentence(id_: str, language: Language, short: str):
    """Authors and year, bodies by their letters, guidelines by number and clause; what nobody looked up is marked."""
    assert cited_by_id(id_, catalogue().citations, language) == short


def test_clauses_of_one_source_stand_together():
    """A source is named once, with all its clauses; editorial marks are no sources."""
    references = ["sedgwick_review#R2", "practice_consensus", "kerr1975", "sedgwick_review#R4"]

    assert sources(references, catalogue().citations) == ("Sedgwick review 2017/2021, R2, R4", "Kerr 1975")


def test_a_reference_in_full():
    """Authors, year, title, venue, and where to find it; a DOI that was not seen at its source says so."""
    known = catalogue().citations

    assert reference(known["baker1992"]) == (
        "Baker, G. P. (1992). Incentive Contracts and Performance Measurement. Journal of Political Economy 100(3), 598-614. "
        "https://doi.org/10.1086/261831"
    )
    assert reference(known["kerr1975"]).endswith("https://doi.org/10.2307/255378 (DOI unverified)")
    assert reference(known["leather_blog"], "de").endswith("blog; cites Accenture and the CMO Council. (ungeprüft)")
    assert reference_by_id("fsa_fg13_1#section-4", known).endswith("[section 4]")


def test_no_two_sources_go_by_one_short_name():
    """A short name leads to one source."""
    known = [c for c in catalogue().citations.values() if c.status != "editorial"]

    assert len({cited(c) for c in known}) == len(known)
