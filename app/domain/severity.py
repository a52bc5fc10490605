"""How bad a conflict is: pure arithmetic (semantics §4)."""

from __future__ import annotations

import math

from app.domain.parameters import Parameters

ROUNDING = 1e-6
"""By how much of itself a product of strengths may be off."""


def net_harm(harm: float, help_: float, parameters: Parameters) -> float:
    """What is left of harm after help, in 0–1; harm under the floor is none, a tie that leans to the good side counts little."""
    if harm < parameters.harm_floor or harm <= 0:
        return 0.0
    net = max(0.0, harm - parameters.net_help * help_)
    return net * parameters.tie_factor if leans_to_the_good(harm, help_) else net


def leans_to_the_good(harm: float, help_: float) -> bool:
    """Whether help is at least as large as harm, rounding apart."""
    return help_ >= harm * (1 - ROUNDING)


def severity(pressure: float, importance: float, net: float, internalised: float, parameters: Parameters) -> float:
    """Severity in 0–100: how hard the push is, how much arrives and how much that matters, less what the department itself answers for."""
    if min(pressure, importance, net) <= 0:
        return 0.0
    pull = math.sqrt(pressure) * math.pow(importance, parameters.importance_power) * math.pow(net, parameters.net_power)
    return 100.0 * pull * (1.0 - parameters.internalisation * internalised)


def flaw_severity(base: float, stake: float) -> float:
    """Severity of a flaw of pay design, 0–100, from its base and the share of total pay that hangs on the component (semantics §6)."""
    return base * math.sqrt(min(1.0, 0.25 + 3.0 * stake))


def sign_reliability(harm_mass: float, help_mass: float) -> float:
    """How clearly the chains agree, in 0–1; 1 when only one sign was found."""
    total = harm_mass + help_mass
    return abs(harm_mass - help_mass) / total if total > 0 else 1.0
