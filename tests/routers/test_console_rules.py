"""`/organizations/{org}/rules…`: rules looked at, set otherwise, written, approved, let run and retired on pages, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from tests.http_client import Client
from tests.routers.test_embeds import TEMPLATE
from tests.routers.visitors import Person

HERE = "/v1/organizations/tallowmere"
AT = "/organizations/tallowmere/rules"
REST = """examples:
  silent:
    - {because: a gate holds it, facts: {accelerator_max: 2.0, has_gate: true}}
    - {because: no accelerator, facts: {accelerator_max: 1.0, has_gate: false}}
  matches:
    - {because: double pay, facts: {accelerator_max: 2.0, has_gate: false}}
    - {because: also a gentle one, facts: {accelerator_max: 1.1, has_gate: false}}
"""
RULE = {
    "id": "OWN101", "name": "accelerator-without-gate", "pack": "own", "fact_kind": "component", "finding": "incentive_flaw",
    "base": "60", "title_en": "An accelerator without a gate", "message_en": "“{kpi}” in {plan} pays too much",
    "rationale": "Our red line 4.", "was": "has_gate", "condition": "accelerator_max > 1 && !has_gate", "rest": REST,
}  # fmt: skip


@pytest.fixture(scope="module")
def owner(shared: Client) -> Iterator[Client]:
    """Somebody with a company that was analysed."""
    client = shared.another("read", "write", "admin", workspace="rulers")
    with open(TEMPLATE, encoding="utf-8") as file:
        client.put(f"{HERE}/document", content=file.read(), headers={"Content-Type": "application/yaml"})
    assert client.post(f"{HERE}/analyses", json={"with_recommendations": False}).status_code == 201
    yield client


@pytest.fixture(scope="module")
def person(owner: Client) -> Person:
    """They, at their browser."""
    return Person(owner)


@pytest.fixture
def author(tenant: Client) -> Iterator[Client]:
    """Somebody with a small company and no rule yet."""
    with open(TEMPLATE, encoding="utf-8") as file:
        tenant.put(f"{HERE}/document", content=file.read(), headers={"Content-Type": "application/yaml"})
    yield tenant


def tree_of(page: str) -> dict[str, str]:
    """The fields of the form of the condition, as a browser would send them."""
    found = dict(re.findall(r'<input[^>]*name="(t[\d.]*:\w+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(t[\d.]*:\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found |= dict.fromkeys(re.findall(r'name="(t[\d.]*:not)" checked', page), "on")
    return {name: unescape(value) for name, value in found.items()}


def text_in(page: str) -> str:
    """The text of the condition that an editor shows."""
    found = re.search(r'<textarea class="condition" name="condition".*?>(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


@pytest.mark.slow
def test_every_rule_that_holds_is_listed_with_what_it_found(owner: Client, person: Person) -> None:
    """By pack, narrowed to those that found something."""
    every, found, odd = (person.look(f"{AT}{query}").text for query in ("", "?show=found", "?show=odd&pack="))

    rows = [page.count('<tr><th scope="row">') for page in (every, found, odd)]
    assert rows[0] == rows[2] == owner.get("/v1/rules?count=true").json()["total"]
    assert 0 < rows[1] < rows[0]
    assert "Fluss: goals of departments" in every


def test_a_rule_tells_what_it_is_and_what_it_found(person: Person) -> None:
    """In words and as text, with examples; what it holds for, near misses, and what nobody can say, each with why; in both languages."""
    for language, said in (
        ("en", ("What is checked", "Near misses:", "It reports this")),
        ("de", ("Was geprüft wird", "Knapp vorbei:", "Das meldet sie")),
    ):
        page = person.look(f"{AT}/FLU101", **{"Accept-Language": language})

        assert page.status_code == 200
        assert [text for text in said if text not in page.text] == []
    assert person.look(f"{AT}/ZZZ999").status_code == 404


def test_every_built_in_rule_has_its_page(owner: Client, person: Person) -> None:
    """One of each pack, to be quick."""
    packs = {one["pack"]: one["id"] for one in owner.get("/v1/rules?limit=200").json()["items"]}

    assert {person.look(f"{AT}/{id_}").status_code for id_ in packs.values()} == {200}


@pytest.mark.slow
def test_a_rule_is_switched_off_with_a_reason_and_on_again(owner: Client, person: Person) -> None:
    """The reason stands with it; without one it is refused, at its field; whoever comes late is told."""
    at = f"{AT}/FLU101"
    tag = person.hidden(at, "tag")
    bare = person.send(f"{at}/setting", {"tag": tag, "level": "off", "reason": ""})

    off = person.follow(
        person.send(f"{at}/setting", {"tag": tag, "level": "off", "reason": "One owner is wanted <here>."})
    )
    late = person.send(f"{at}/setting", {"tag": tag, "level": "low", "reason": "late"})
    settings = owner.get(f"{HERE}/rule-settings").json()["rules"]
    on = person.follow(person.send(f"{at}/setting", {"tag": person.hidden(at, "tag"), "level": "", "reason": "any"}))

    assert (bare.status_code, 'id="wrong-reason"' in bare.text) == (422, True)
    assert "It is switched off here: “One owner is wanted &lt;here&gt;.”" in off.text
    assert (late.status_code, "Somebody changed this meanwhile" in late.text, "late</textarea>" in late.text) == (
        412,
        True,
        True,
    )
    assert settings == {"FLU101": {"level": "off", "reason": "One owner is wanted <here>."}}
    assert "The rule holds as it says again." in on.text
    assert owner.get(f"{HERE}/rule-settings").json()["rules"] == {}


def test_limits_of_a_rule_are_set_as_they_are_typed(owner: Client, person: Person) -> None:
    """Numbers as numbers, in the manner of either language; what is left as it is sets nothing; what is no number is refused."""
    tuned = next(one for one in owner.get("/v1/rules?limit=200").json()["items"] if one.get("params"))
    at, (name, value) = f"{AT}/{tuned['id']}", next(iter(tuned["params"].items()))

    def sent(text: str) -> Any:
        return person.send(
            f"{at}/setting", {"tag": person.hidden(at, "tag"), "level": "", "reason": "why", f"param:{name}": text}
        )

    refused, same = sent("much"), sent(str(value))
    nothing = owner.get(f"{HERE}/rule-settings").json()["rules"]
    sent(str(value + 0.5).replace(".", ","))
    kept = owner.get(f"{HERE}/rule-settings").json()["rules"]
    sent("")

    assert (refused.status_code, 'id="wrong-params"' in refused.text) == (422, True)
    assert (same.status_code, nothing) == (303, {})
    assert kept == {tuned["id"]: {"params": {name: value + 0.5}, "reason": "why"}}


@pytest.mark.slow
def test_a_rule_is_written_tried_saved_and_let_run(author: Client) -> None:
    """Checked and tried, nothing is stored; saved, it is a draft; let run, the next analysis runs it; retired, it does no more."""
    person = Person(author)
    checked, tried = (person.send(f"{AT}/new", {**RULE, "do": what}) for what in ("check", "try"))
    before = author.get("/v1/rules?source=own").json()["items"]

    saved = person.follow(person.send(f"{AT}/new", {**RULE, "do": "save"}))
    twice = person.send(f"{AT}/new", {**RULE, "do": "save"})
    tag = person.hidden(f"{AT}/OWN101/edit", "tag")
    runs = person.follow(person.send(f"{AT}/OWN101/activate", {"tag": tag}))
    author.post(f"{HERE}/analyses", json={"with_recommendations": False})
    outcome = re.search(
        r'OWN101</span></th>\s*<td>runs</td>\s*<td class="n">\d+</td>', person.look(f"{AT}?show=own").text
    )
    retired = person.follow(person.send(f"{AT}/OWN101/retire", {"tag": person.hidden(f"{AT}/OWN101/edit", "tag")}))

    assert "It reads:" in checked.text
    assert "What it would change" in tried.text
    assert before == []
    assert "It is a draft: analyses do not run it yet." in saved.text
    assert (twice.status_code, "There is a rule of this id already" in twice.text) == (412, True)
    assert "The next analysis runs it." in runs.text
    assert outcome is not None
    assert "It is retired: analyses run it no more." in retired.text


def test_everything_that_is_wrong_with_a_rule_is_told(author: Client) -> None:
    """At its fields and in one list, with what was typed; nothing is stored."""
    person = Person(author)

    refused = person.send(
        f"{AT}/new", {**RULE, "id": "own1", "title_en": "", "condition": "acelerator_max > 1", "do": "save"}
    )
    odd = person.send(f"{AT}/new", {**RULE, "rest": "examples: [", "do": "save"})

    assert (refused.status_code, odd.status_code) == (422, 400)
    assert {"wrong-id", "wrong-title"} & set(re.findall(r'id="(wrong-\w+)"', refused.text))
    assert "acelerator_max" in text_in(refused.text)
    assert "examples: [" in odd.text
    assert author.get("/v1/rules?source=own").json()["items"] == []


def test_form_and_text_say_the_same(owner: Client, person: Person) -> None:
    """What the form shows of a text says that text again, to the letter, for every condition of the built-in rules."""
    rules = owner.get("/v1/rules?limit=200").json()["items"]
    odd = {}
    for rule in rules[::6]:
        params = "".join(f"\n  {name}: {value!r}" for name, value in rule.get("params", {}).items())
        fields = {
            **RULE,
            "fact_kind": rule["fact_kind"],
            "condition": rule["condition"],
            "rest": f"params:{params}" if params else "",
            "do": "check",
        }
        shown = person.send(f"{AT}/new", {**fields, "was": ""}).text

        again = person.send(f"{AT}/new", {**fields, "was": rule["condition"], **tree_of(shown)}).text

        if text_in(again) != rule["condition"]:
            odd[rule["id"]] = (rule["condition"], text_in(again))

    assert len(rules) > 60
    assert odd == {}


def test_the_form_changes_the_text(person: Person) -> None:
    """A comparison is changed, added and taken away by fields and buttons, without any script."""
    fields = {**RULE, "condition": "accelerator_max > 1 && !has_gate"}
    fields["was"] = fields["condition"]
    tree = {
        "t:join": "all", "t:parts": "2", "t.0:field": "accelerator_max", "t.0:is": ">=", "t.0:with": "value", "t.0:to": "1,5",
        "t.1:field": "has_gate", "t.1:is": "", "t.1:not": "on",
    }  # fmt: skip

    changed = person.send(f"{AT}/new", {**fields, **tree, "do": "check"}).text
    added = person.send(f"{AT}/new", {**fields, **tree, "do": "add t"}).text
    grouped = person.send(f"{AT}/new", {**fields, **tree, "do": "group t"}).text
    removed = person.send(f"{AT}/new", {**fields, **tree, "do": "remove t.0"}).text
    both = person.send(f"{AT}/new", {**fields, **tree, "condition": "has_gate", "do": "check"}).text

    assert text_in(changed) == "accelerator_max >= 1.5 && !has_gate"
    assert text_in(added).startswith("accelerator_max >= 1.5 && !has_gate && ")
    assert "||" in text_in(grouped)
    assert text_in(removed) == "!has_gate"
    assert text_in(both) == "has_gate"
    assert "the form said: <code>accelerator_max &gt;= 1.5 &amp;&amp; !has_gate</code>" in both


def test_a_field_that_was_just_chosen_is_asked_what_it_can_be(person: Person) -> None:
    """And a part that another table lacks stays as it is, as text."""
    fields = {**RULE, "was": "accelerator_max > 1", "condition": "accelerator_max > 1", "do": "check"}
    compared = {"t:is": ">", "t:with": "value", "t:to": "1"}

    chosen = person.send(f"{AT}/new", {**fields, "t:field": "has_gate", **compared}).text
    elsewhere = person.send(f"{AT}/new", {**fields, "fact_kind": "goal", "t:field": "accelerator_max", **compared}).text

    assert text_in(chosen) == "has_gate"
    assert text_in(elsewhere) == "accelerator_max > 1"
    assert 'name="t:text" value="accelerator_max &gt; 1"' in elsewhere


@pytest.mark.parametrize(
    "odd",
    [
        {"t:field": "a b", "t:is": ">", "t:with": "value", "t:to": "1"},
        {"t:field": "has_gate", "t:is": "like", "t:with": "x"},
        {"t:join": "all", "t:parts": "9999999"},
        {"t:join": "all", "t:parts": "1", "t.0:text": "(("},
        {"fact_kind": "nonsense", "base": "nan", "rest": "[1"},
        {"condition": "(" * 500},
        {"do": "remove t.9.9"},
        {"t:text": ""},
    ],
)
def test_no_form_breaks_the_editor(person: Person, odd: dict[str, str]) -> None:
    """Whatever is sent, the editor comes back with it."""
    for what in ("check", "try", "save"):
        came = person.send(f"{AT}/new", {**RULE, "was": RULE["condition"], "do": what, **odd})
        assert came.status_code in (200, 303, 400, 412, 422), came.text


@pytest.mark.slow
def test_a_new_version_is_a_draft_beside_what_runs(author: Client) -> None:
    """Until it is let run; an earlier version can run again; whoever comes late is told."""
    person = Person(author)
    person.send(f"{AT}/new", {**RULE, "do": "save"})
    edit = f"{AT}/OWN101/edit"
    person.send(f"{AT}/OWN101/activate", {"tag": person.hidden(edit, "tag")})
    tag, was = person.hidden(edit, "tag"), RULE["condition"]
    second = {**RULE, "tag": tag, "was": was, "condition": "accelerator_max > 2 && !has_gate", "rest": "", "do": "save"}

    saved = person.follow(person.send(edit, second))
    late = person.send(edit, second)
    first = person.look(f"{AT}/OWN101?version=1")
    person.send(f"{AT}/OWN101/activate", {"tag": person.hidden(edit, "tag")})
    back = person.send(f"{AT}/OWN101/activate", {"tag": person.hidden(edit, "tag"), "version": "1"})

    assert "You see version 2, a draft; analyses run version 1" in saved.text
    assert (late.status_code, text_in(late.text)) == (412, "accelerator_max > 2 && !has_gate")
    assert "accelerator_max &gt; 1 &amp;&amp; !has_gate" in first.text
    assert back.status_code == 303
    assert author.get("/v1/rules/OWN101/activation").json()["version"] == 1


@pytest.mark.slow
def test_somebody_else_approves_what_runs_where_four_eyes_are_asked_for(author: Client) -> None:
    """Its author sees no button for it, and is refused; then it runs."""
    person, other = Person(author), Person(author.with_key(_colleague(author)))
    author.put("/v1/workspace-settings", json={"four_eyes": True}, headers={"If-Match": "*"})
    person.send(f"{AT}/new", {**RULE, "do": "save"})
    tag = person.hidden(f"{AT}/OWN101/edit", "tag")

    own, theirs = person.look(f"{AT}/OWN101").text, other.look(f"{AT}/OWN101").text
    refused = [person.send(f"{AT}/OWN101/{step}", {"tag": tag}) for step in ("approve", "activate")]
    approved = other.follow(other.send(f"{AT}/OWN101/approve", {"tag": tag}))
    runs = person.send(f"{AT}/OWN101/activate", {"tag": person.hidden(f"{AT}/OWN101/edit", "tag")})

    assert ("Approve version 1" in own, "Approve version 1" in theirs) == (False, True)
    assert "somebody else has to approve it" in own
    assert [one.status_code for one in refused] == [409, 409]
    assert "The version is approved." in approved.text
    assert runs.status_code == 303


def _colleague(client: Client) -> str:
    made = client.post("/v1/api-keys", json={"name": "a colleague", "scopes": ["read", "write"]}).json()
    return str(made["key"])


def test_a_draft_that_never_ran_is_removed(author: Client) -> None:
    """What ran is not."""
    person = Person(author)
    person.send(f"{AT}/new", {**RULE, "do": "save"})

    removed = person.send(f"{AT}/OWN101/remove", {"tag": person.hidden(f"{AT}/OWN101/edit", "tag")})

    assert removed.headers["location"].endswith(f"{AT}?done=rule_removed")
    assert author.get("/v1/rules/OWN101").status_code == 404


def test_whoever_may_only_read_writes_nothing(owner: Client, person: Person) -> None:
    """Nor does anybody see the rules of an organization of another workspace."""
    reader = Person(owner.another("read"))
    stranger = Person(owner.another("read", "write", workspace="rulers-strangers"))
    paths = [f"{AT}/new", f"{AT}/FLU101/setting", f"{AT}/OWN101/activate"]

    assert [reader.send(path, {"do": "save"}).status_code for path in paths] == [403] * 3
    assert reader.look(f"{AT}/new").status_code == 403
    assert ("/setting" in reader.look(f"{AT}/FLU101").text, "/rules/new" in reader.look(AT).text) == (False, False)
    assert [stranger.look(path).status_code for path in (AT, f"{AT}/FLU101", f"{AT}/new")] == [404] * 3
    assert stranger.send(f"{AT}/FLU101/setting", {"tag": "v0-rules", "level": "off", "reason": "x"}).status_code == 404


@pytest.mark.slow
def test_a_pack_is_saved_as_a_file_and_brought_in_after_a_look(author: Client) -> None:
    """The preview stores nothing; what the file says then runs; whoever comes late looks again; what is no pack is refused."""
    person = Person(author)
    packs = f"{AT}/packs"
    person.send(f"{AT}/new", {**RULE, "do": "save"})
    file = person.look(f"{packs}/own/file")
    bare = re.sub(r"\n *content_hash: \S+", "", file.text).replace("version: '0.1.0'", "version: '0.2.0'")
    newer = bare.replace("accelerator_max > 1 &&", "accelerator_max > 1.05 &&").replace(
        "status: draft", "status: active"
    )

    looked = person.send(f"{packs}/preview", {"text": newer})
    before = author.get("/v1/rules/OWN101").json()["version"]
    tag = re.findall(r'name="tag" value="([^"]*)"', looked.text)[0]
    brought = person.follow(person.send(f"{packs}/import", {"text": newer, "tag": tag}))
    late = person.send(f"{packs}/import", {"text": newer, "tag": tag})
    refused = [person.send(f"{packs}/preview", {"text": text}) for text in ("", "pack: {id: own", "concord: 1")]

    assert file.headers["content-disposition"].startswith('attachment; filename="own-')
    assert (looked.status_code, "1 say something else" in looked.text, before) == (200, True, 1)
    assert "The pack is imported." in brought.text
    assert author.get("/v1/rules/OWN101/activation").json()["version"] == 2
    assert (late.status_code, "Somebody changed the pack meanwhile" in late.text) == (412, True)
    assert [one.status_code for one in refused] == [422, 400, 422]
    assert person.look(f"{packs}/nobodys/file").status_code == 404
    assert "1.05" in person.look(f"{packs}/own/file").text


def test_packs_that_lack_examples_are_no_files(author: Client) -> None:
    """Nobody could say what their rules are for."""
    person = Person(author)
    person.send(f"{AT}/new", {**RULE, "rest": "", "do": "save"})

    refused = person.look(f"{AT}/packs/own/file")

    assert (refused.status_code, "OWN101" in refused.text) == (409, True)
