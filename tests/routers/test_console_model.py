"""`/organizations/{org}/model…`: the model read and changed by the pages; on both databases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import httpx
import pytest

from app.services import sessions
from app.web.sessions import COOKIE
from tests.http_client import Client
from tests.routers.test_console import HERE, TEMPLATE, cookie, look

AT = "/organizations/tallowmere/model"
PLAN = f"{AT}/incentive-plans/advisers-2026"
KPI = f"{AT}/kpis/aht"


@pytest.fixture
def company(tenant: Client) -> Client:
    """A workspace with the company of a template."""
    with open(TEMPLATE, encoding="utf-8") as file:
        tenant.put(f"{HERE}/document", content=file.read(), headers={"Content-Type": "application/yaml"})
    return tenant


def fields(page: str) -> dict[str, list[str]]:
    """What a browser would send of the editor as it stands on a page."""
    form = page[page.index("data-editor") :]
    said: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if attributes.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        said.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        said[name] = [unescape(chosen[1]) if chosen else ""]
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        said[name] = [unescape(inner)]
    return said


def press(client: Client, path: str, secret: str, said: Mapping[str, Any]) -> httpx.Response:
    headers = {"Cookie": f"{COOKIE}={secret}", "Authorization": ""}
    return client.post(path, data={"form": sessions.form_token(secret), **said}, headers=headers)


def edited(client: Client, path: str, secret: str, do: str, **changed: str) -> httpx.Response:
    """What the editor is answered with when some of its fields are changed, and a button is pressed."""
    said = fields(look(client, path, secret).text)
    return press(client, path, secret, {**said, **changed, "do": do})


def part(client: Client, path: str) -> dict[str, Any]:
    body = client.get("/v1" + path.replace("/model", "")).json()
    return {name: value for name, value in body.items() if name not in ("revision", "created_at", "updated_at")}


@pytest.mark.parametrize("path", [PLAN, KPI, f"{AT}/outcomes/stay", f"{AT}/departments/service"])
@pytest.mark.parametrize("side", ["form", "yaml"])
def test_what_is_saved_as_it_is_changes_nothing(company: Client, path: str, side: str) -> None:
    """Whatever the form has no field for stays as it was, and so does how numbers are written."""
    secret = cookie(company)
    before = company.get(f"{HERE}/document").json()

    saved = edited(company, path, secret, "save", side=side)

    assert saved.status_code == 303, saved.text
    assert company.get(f"{HERE}/document").json() == before


def test_a_field_changes_what_it_says_and_nothing_else(company: Client) -> None:
    """Shares are asked for in percent; the new state is a revision."""
    secret = cookie(company)
    before = part(company, KPI)

    edited(company, KPI, secret, "save", **{"value/weight": "55", "value/target": "380"})

    assert part(company, KPI) == {**before, "weight": 55, "target": 380}


def test_problems_are_told_at_their_fields_and_what_was_typed_stays(company: Client) -> None:
    """Each links to its field, which names it; nothing is saved."""
    secret = cookie(company)
    before = part(company, KPI)

    answer = edited(company, KPI, secret, "save", **{"value/weight": "a lot", "value/department": "nobody"})

    assert answer.status_code == 422
    assert re.search(r'<input id="value-weight" [^>]*value="a lot"[^>]*aria-invalid="true"', answer.text)
    assert '<a href="#value-weight">Weight</a>' in answer.text
    assert '<a href="#value-department">Department</a>' in answer.text
    assert part(company, KPI) == before


def test_check_tells_what_the_change_would_do_and_saves_nothing(company: Client) -> None:
    """Findings that would be new, worse, weaker or gone, and the index before and after."""
    secret = cookie(company)
    before = company.get(f"{HERE}/document").json()

    answer = edited(company, KPI, secret, "check", **{"value/direction": "increase"})

    assert answer.status_code == 200
    assert re.search(r"The alignment index goes from [+−–-]?[\d.]+ to [+−–-]?[\d.]+", answer.text)
    assert "Gone: " in answer.text
    assert company.get(f"{HERE}/document").json() == before


def test_the_yaml_says_what_the_form_has_no_field_for(company: Client) -> None:
    """Its problems are told with their lines; what it says beside the form is kept when the form is saved."""
    secret = cookie(company)
    text = fields(look(company, KPI, secret).text)["yaml"][0]

    broken = edited(company, KPI, secret, "save", side="yaml", yaml=text + "nonsense: 1\n")
    edited(company, KPI, secret, "save", yaml=text + "segment: business\n", **{"value/weight": "50"})
    saved = part(company, KPI)

    assert (broken.status_code, bool(re.search(r"line \d+, column 1<", broken.text))) == (422, True)
    assert "nonsense: 1" in broken.text
    assert (saved["weight"], saved["segment"]) == (50, "business")


def test_a_paid_part_is_added_changed_and_taken_out(company: Client) -> None:
    """Rows that are left empty are none; a key is made where none is said."""
    secret = cookie(company)
    new = "value/components/2"

    added = edited(
        company,
        PLAN,
        secret,
        "save",
        **{
            "value/components/1/weight": "50 %",
            f"{new}/measure": "Something else",
            f"{new}/direction": "increase",
            f"{new}/weight": "40",
            f"{new}/payout/kind": "linear",
            f"{new}/payout/cap": "150",
            f"{new}/payout/accelerators/0/above": "110",
            f"{new}/payout/accelerators/0/multiplier": "2",
        },
    )
    made = {one["key"]: one for one in part(company, PLAN)["components"]}
    gone = edited(company, PLAN, secret, "save", **{"value/components/0/gone": "1", "value/components/1/weight": "60"})

    assert added.status_code == 303, added.text
    assert [one["weight"] for one in made.values()] == [0.4, 0.1, 0.5]
    assert made["advisers-2026-something-else"]["payout"] == {
        "kind": "linear",
        "cap": 1.5,
        "accelerators": [{"above": 1.1, "multiplier": 2}],
    }
    assert gone.status_code == 422
    assert "weight" in gone.text


def test_a_change_by_somebody_else_is_told_and_keeps_what_was_typed(company: Client) -> None:
    """Beside what stands now; saving once more replaces it knowingly."""
    secret = cookie(company)
    said = {**fields(look(company, KPI, secret).text), "value/weight": "51", "do": "save"}
    company.patch(
        f"{HERE}/kpis/aht",
        json={"target": 300},
        headers={"If-Match": "*", "Content-Type": "application/merge-patch+json"},
    )

    refused = press(company, KPI, secret, said)
    again = press(company, KPI, secret, {**fields(refused.text), "do": "save"})

    assert refused.status_code == 412
    assert "Somebody changed this meanwhile." in refused.text
    assert re.search(r'id="value-weight"[^>]*value="51"', refused.text)
    assert "target: 300" in refused.text
    assert again.status_code == 303
    assert (part(company, KPI)["weight"], part(company, KPI)["target"]) == (51, 360)


def test_a_new_part_is_made_with_a_key_of_its_name(company: Client) -> None:
    """And one whose key is taken is not."""
    secret = cookie(company)
    values = {"value/name": "Calls resolved", "value/department": "service", "value/direction": "increase"}

    made = edited(company, f"{AT}/kpis/new", secret, "save", **values)
    taken = edited(company, f"{AT}/kpis/new", secret, "save", **values)

    assert made.headers["location"].endswith(f"{AT}/kpis/calls-resolved?done=saved")
    assert part(company, f"{AT}/kpis/calls-resolved")["name"] == "Calls resolved"
    assert (taken.status_code, "calls-resolved" in taken.text) == (422, True)


def test_deleting_says_what_refers_to_it_first(company: Client) -> None:
    """All of it goes together, or nothing does."""
    secret = cookie(company)
    path = f"{AT}/kpis/new-customers"
    page = look(company, f"{path}/delete", secret).text
    condition = unescape(re.findall(r'name="condition" value="([^"]+)"', page)[0])

    refused = press(company, f"{path}/delete", secret, {"condition": condition})
    gone = press(company, f"{path}/delete", secret, {"condition": condition, "cascade": "1"})

    assert "Sales adviser" in page
    assert refused.status_code == 412
    assert gone.headers["location"].endswith(f"{AT}?done=deleted")
    assert company.get(f"{HERE}/kpis/new-customers").status_code == 404
    assert company.get(f"{HERE}/incentive-plans/advisers-2026").status_code == 404


def test_the_whole_model_is_changed_as_text(company: Client) -> None:
    """Problems with their lines, what would change, and a state that others changed meanwhile."""
    secret, path = cookie(company), f"{AT}/document"
    page = look(company, path, secret).text
    text = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[0])
    condition = unescape(re.findall(r'name="condition" value="([^"]+)"', page)[0])
    changed = text.replace("Average handling time (AHT)", "Average talk time")
    said = {"condition": condition, "document": changed}

    broken = press(company, path, secret, {**said, "document": text + "nonsense: 1\n", "do": "check"})
    checked = press(company, path, secret, {**said, "do": "check"})
    saved = press(company, path, secret, {**said, "do": "save"})
    late = press(company, path, secret, {**said, "document": text, "do": "save"})

    assert (broken.status_code, "nonsense" in broken.text, "line " in broken.text) == (422, True, True)
    assert "Average talk time" in checked.text
    assert "What this would do" in checked.text
    assert saved.status_code == 303
    assert (late.status_code, "The model changed meanwhile." in late.text) == (412, True)
    assert part(company, KPI)["name"] == "Average talk time"


def test_whoever_may_only_read_sees_no_buttons(company: Client) -> None:
    """And what they send all the same is refused."""
    reader = company.another("read")
    secret = cookie(reader)

    pages = [look(reader, path, secret) for path in (AT, KPI, PLAN, f"{AT}/document")]
    refused = press(reader, KPI, secret, {"do": "save", "yaml": ""})

    assert {page.status_code for page in pages} == {200}
    assert not [page for page in pages if 'value="save"' in page.text]
    assert refused.status_code == 403


def test_models_of_others_are_as_good_as_absent(company: Client) -> None:
    """To read, to change and to delete."""
    stranger = company.another("read", "write", "admin", workspace="strangers")
    secret = cookie(stranger)

    answers = [look(stranger, path, secret) for path in (AT, KPI, f"{KPI}/delete", f"{AT}/kpis/new", f"{AT}/document")]
    answers += [press(stranger, path, secret, {"do": "save", "yaml": "a: 1"}) for path in (KPI, f"{KPI}/delete")]
    answers += [look(company, path, cookie(company)) for path in (f"{AT}/kpis/nobodys", f"{AT}/nonsense/aht")]

    assert [one.status_code for one in answers] == [404] * 9


def test_pages_of_the_model_are_german_as_well(company: Client) -> None:
    """Numbers with a comma, which come back as they were."""
    secret = cookie(company)
    page = look(company, f"{AT}/kpis/availability", secret, **{"Accept-Language": "de"}).text
    before = part(company, f"{AT}/kpis/availability")
    headers = {"Cookie": f"{COOKIE}={secret}", "Authorization": "", "Accept-Language": "de"}

    saved = company.post(
        f"{AT}/kpis/availability",
        data={"form": sessions.form_token(secret), **fields(page), "do": "save", "side": "form"},
        headers=headers,
    )

    assert 'value="99,95"' in page
    assert saved.status_code == 303
    assert part(company, f"{AT}/kpis/availability") == before
