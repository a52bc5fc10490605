"""`concord.toml`: the settings of a company for its audits."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.configuration import Configuration, configuration_from, rule_files_of
from app.domain.rules.rule import Rule
from app.exchange.side_files import located, side_file


def read_configuration(data: bytes, name: str, rules: Mapping[str, Rule]) -> Configuration:
    """The settings in a `concord.toml`. Raises DocumentInvalid."""
    source = side_file(data, name)
    with located(source):
        return configuration_from(source.raw, name, rules)


def read_rule_files(data: bytes, name: str) -> tuple[str, ...]:
    """The files of own rules that a `concord.toml` names. Raises DocumentInvalid for one that cannot be read."""
    return rule_files_of(side_file(data, name).raw)
