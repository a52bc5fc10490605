"""`concord.toml`: the settings of a company for its audits."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.configuration import Configuration, configuration_from
from app.domain.rules.rule import Rule
from app.exchange.side_files import located, side_file


def read_configuration(data: bytes, name: str, rules: Mapping[str, Rule]) -> Configuration:
    """The settings in a `concord.toml`. Raises DocumentInvalid."""
    source = side_file(data, name)
    with located(source):
        return configuration_from(source.raw, name, rules)
