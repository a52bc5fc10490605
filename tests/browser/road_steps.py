"""What somebody who signed in does on the road from conflicts to a customer-centric company, page by page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.sites import Service

AT = "/organizations/tallowmere"


def value_customers(page: Page, service: Service) -> None:
    """What segments bring and how long they stay."""
    page.goto(f"{service.address}{AT}/customers")
    page.get_by_label("Discount rate a year, in percent").fill("8")
    for segment, margin, retention in (("Small business", "240", "88"), ("all others", "60", "80")):
        fields = page.get_by_role("group", name=segment)
        fields.get_by_label("Margin a year").fill(margin)
        fields.get_by_label("Percent that stay each year").fill(retention)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Customers are worth")


def make_a_case(page: Page, service: Service, scenario: str) -> None:
    """What the change may cost is said; the page tells what it may bring."""
    page.goto(f"{service.address}{AT}/scenarios/{scenario}/business-case")
    cost = page.get_by_role("group", name="Cost 1")
    for label, said in (
        ("What for", "Training"),
        ("At least", "50000"),
        ("Most likely", "80000"),
        ("At most", "150000"),
    ):
        cost.get_by_label(label).fill(said)
    cost.get_by_label("Where this comes from").fill("An offer")
    page.get_by_role("button", name="Make the business case").click()
    expect(page.get_by_role("main")).to_contain_text("Net present value")


def begin_an_experiment(page: Page, service: Service) -> None:
    """The road is built, and an item is filled in and goes on."""
    page.goto(f"{service.address}{AT}/roadmap")
    page.get_by_label("It starts on").fill("2027-01-04")
    page.get_by_role("button", name="Build the roadmap").click()
    expect(page.get_by_role("status")).to_have_text("The roadmap was built.")
    page.get_by_role("link", name="Try changed goals in a pilot").click()
    page.get_by_label("Who owns it").fill("Ada Park")
    page.get_by_label("Begins on").fill("2027-02-01")
    for name, today, wanted in (
        ("Measure of success", "66", "72"),
        ("Guardrail 1, which must not get worse", "412", "450"),
    ):
        group = page.get_by_role("group", name=name)
        group.get_by_label("Name, such as that of a KPI").fill("fcr")
        group.get_by_label("Today").fill(today)
        group.get_by_label("Wanted" if wanted == "72" else "Not to be passed").fill(wanted)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.get_by_role("button", name="Go on to “Experiment”").click()
    expect(page.get_by_role("status")).to_have_text("It is at its next stage now.")
