"""What a customer is worth: the margins that are still to come, weighed by how likely the customer stays and by how far off they are.

Formulas are the standard ones: without an end, Gupta and Lehmann, "Customers as Assets" (2003, Journal of Interactive Marketing 17(1));
with one, and with what is spent to keep customers, the first case of Berger and Nasr, "Customer Lifetime Value: Marketing Models and
Applications" (1998, Journal of Interactive Marketing 12(1)). Both hold margin, retention and discount constant.
"""

from __future__ import annotations


def margin_multiple(retention: float, discount: float) -> float:
    """How many yearly margins a customer is worth who stays with this chance each year, the first margin coming after a year.

    `retention`, `discount`: shares a year; a customer who never leaves is worth no end only where nothing is discounted, which is refused.
    """
    if retention >= 1 + discount:
        raise ValueError("without discount a customer who never leaves is worth no end")
    return retention / (1 + discount - retention)


def lifetime_value(margin: float, retention: float, discount: float) -> float:
    """Present value of a customer who is there now, in the currency of the yearly `margin`, which comes now for the first time."""
    return margin * (1 + margin_multiple(retention, discount))


def value_within(margin: float, retention: float, discount: float, years: int, *, keeping: float = 0.0) -> float:
    """The same over `years` after the first margin, less what `keeping` a customer costs a year, spent in the middle of each."""
    stays, worth = retention / (1 + discount), 1 / (1 + discount)
    margins = sum(margin * stays**year for year in range(years + 1))
    spent = sum(keeping * retention ** (year - 1) * worth ** (year - 0.5) for year in range(1, years + 1))
    return float(margins - spent)


def gain_of_a_point(margin: float, retention: float, discount: float, points: float = 1.0) -> float:
    """What a customer is worth more when that many more of a hundred stay each year; none stay more often than always."""
    more = min(1.0, retention + points / 100)
    return lifetime_value(margin, more, discount) - lifetime_value(margin, retention, discount)
