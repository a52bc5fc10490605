"""What is wrong with a form, by field."""

from __future__ import annotations

from app.pages.console.page import Json


def faults_of(problem: Json, *, below: str = "") -> dict[str, str]:
    """Field → what is wrong with it, from a problem document. `below`: a member whose own members are fields of the form, too."""
    found: dict[str, str] = {}
    for one in problem.get("errors", ()):
        steps = [step for step in str(one.get("pointer", "#"))[1:].split("/") if step]
        if below and len(steps) > 1 and steps[0] == below:
            steps = steps[1:]
        if steps:
            found[steps[0]] = " ".join(filter(None, (found.get(steps[0]), one["detail"])))
    return found
