"""Observations of a service whose contacts get worse a month after they got shorter, as the catalogue says of others."""

from __future__ import annotations

from typing import Any

import numpy as np

SHORTER = "service.average_handle_time>service.first_contact_resolution:pressure:down"
CONTACTS, SOLVED = SHORTER.partition(":")[0].split(">")


def observed(months: int, effect: float, *, source: dict[str, str] | None = None, seed: int = 3) -> dict[str, Any]:
    """Both series month by month, with trend and seasons; the second follows the first with that correlation."""
    generator = np.random.default_rng(seed)
    moved, noise = generator.standard_normal((2, months + 1))
    followed = effect * moved[:-1] + np.sqrt(1 - effect**2) * noise[1:]
    items = []
    for month in range(months):
        on = f"{2015 + month // 12}-{1 + month % 12:02}-15"
        season = 20 * np.sin(month * np.pi / 6)
        ours = {"on": on, "value": round(400 - month / 2 + season + 30 * moved[1:][month], 3)}
        theirs = {"on": on, "value": round(70 + month / 50 + season / 10 + 3 * followed[month], 3)}
        items += [{**(source or {"metric": CONTACTS}), **ours}, {"metric": SOLVED, **theirs}]
    return {"items": items}
