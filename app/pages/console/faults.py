"""What is wrong with a form, by field."""

from __future__ import annotations

from collections.abc import Collection

from app.pages.console.page import Json


def faults_of(problem: Json, *, below: str = "", deep: Collection[str] = ()) -> dict[str, str]:
    """Field → what is wrong with it, from a problem document. `below`: the path of a member whose own members are fields of the form,
    too; `deep`: members each of whose members has a field, `title_en`."""
    found: dict[str, str] = {}
    around = below.split("/") if below else []
    for one in problem.get("errors", ()):
        steps = [step for step in str(one.get("pointer", "#"))[1:].split("/") if step]
        if len(steps) > len(around) and steps[: len(around)] == around:
            steps = steps[len(around) :]
        if steps:
            name = "_".join(steps[:2]) if steps[0] in deep else steps[0]
            found[name] = " ".join(filter(None, (found.get(name), one["detail"])))
    return found
