"""What the surroundings decide: `CONCORD_…` variables → one frozen object. Read by `app.main` and the command line, nowhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, NamedTuple

PREFIX = "CONCORD_"
FILE = "_FILE"
"""What stands after the name of a variable that names a file with a secret, instead of holding it."""


class SettingsInvalid(ValueError):
    """Variables that hold what cannot be used; the text names each, what was found and what was expected."""


class Form(NamedTuple):
    """What a text must look like: the pattern that it fits whole, and the same for people."""

    pattern: str
    expected: str


RATE = Form(
    r"[1-9][0-9]{0,6}/(second|minute|hour|day)|off", "a number by second, minute, hour or day, as 600/minute, or off"
)
ISSUER = Form(
    r"https://[^\s/?#]+[^\s?#]*|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?(/[^\s?#]*)?",
    "an address that begins with https:// and has neither ? nor #",
)
_GRANTS = r"[^=;]*[^=;\s]\s*=\s*(read|write|admin|embed)(\s+(read|write|admin|embed))*\s*"
SCOPE_MAP = Form(
    rf"{_GRANTS}(;{_GRANTS})*;?",
    "groups with their scopes, as editors=write; owners=admin embed (read, write, admin, embed)",
)
DATABASE = Form(
    r"sqlite:///.+|postgresql(\+psycopg)?://.+",
    "an address that begins with sqlite:/// or postgresql+psycopg:// (what was found is not repeated: it may hold a password)",
)
SECRET = Form(
    r"[^\s,]{16,200}(\s*,\s*[^\s,]{16,200})*", "keys of 16 to 200 characters (what was found is not repeated)"
)
CLIENT_SECRET = Form(
    r"[!-~]{1,500}", "up to 500 letters, digits and signs without spaces (what was found is not repeated)"
)
SCOPES = Form(r"([!-~]+ +)*openid( +[!-~]+)*", "names of scopes separated by spaces, `openid` among them")
SECRETS = (DATABASE, SECRET, CLIENT_SECRET)
"""Forms of what nobody must see; it may stand in a file."""
CLAIM = Form(r"[^\s]{1,200}", "the name of a claim, without spaces")


_OWN = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""All addresses of a machine → the one by which it reaches itself."""


def _setting(
    default: Any, meaning: str, *, low: int = 0, high: int = 0, words: tuple[str, ...] = (), form: Form | None = None
) -> Any:
    return field(default=default, metadata={"meaning": meaning, "low": low, "high": high, "words": words, "form": form})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service runs."""

    host: str = _setting("127.0.0.1", "Address on which the service listens; `0.0.0.0` for all of the machine's.")
    port: int = _setting(8000, "Port on which it listens; 0 takes a free one.", high=65_535)
    public_url: str = _setting(
        "", "Address under which clients reach it, without a slash at the end; empty: the one that each request names."
    )
    trusted_proxies: str = _setting(
        "127.0.0.1",
        "Addresses of proxies whose `X-Forwarded-…` headers are believed, separated by commas; `*` for all.",
    )
    database_url: str = _setting(
        "",
        "Where everything is kept: `sqlite:////path/concord.db` or `postgresql+psycopg://user:password@host/name`; empty: a file in the "
        "user's data folder.",
        form=DATABASE,
    )
    secret_key: str = _setting(
        "",
        "Key with which secrets that must be read again are sealed in the database (of webhooks and embeds); a new one is put before "
        "the old one, with a comma; empty: one that is made once and kept in the user's data folder.",
        form=SECRET,
    )
    workers: int = _setting(1, "Processes that answer requests.", low=1, high=64)
    audits_at_once: int = _setting(2, "Audits that one process computes at the same time.", low=1, high=64)
    audits_waiting: int = _setting(16, "Audits that may wait for their turn; one more is answered 503.", high=10_000)
    audit_goals: int = _setting(
        1_000, "KPIs and components together that a document may have to be audited over HTTP.", low=1, high=10_000
    )
    jobs: Literal["inline", "off"] = _setting(
        "inline",
        "Who does jobs (long analyses, recurring work, webhooks): `inline`: the service itself; `off`: only processes of `concord worker`.",
        words=("inline", "off"),
    )
    jobs_at_once: int = _setting(2, "Jobs that one process does at the same time.", low=1, high=64)
    rate_limit: str = _setting(
        "600/minute",
        "Requests that a credential may make, by `second`, `minute`, `hour` or `day`; a workspace may make five times as many. "
        "`off`: as many as they like. Each process counts for itself.",
        form=RATE,
    )
    rate_limit_heavy: str = _setting(
        "60/minute",
        "The same for work that takes long: audits, analyses, plans, imports. They count towards `CONCORD_RATE_LIMIT` as well.",
        form=RATE,
    )
    rate_limit_address: str = _setting(
        "120/minute",
        "Requests without a valid credential that a network address may make (IPv6: a /64 network).",
        form=RATE,
    )
    oidc_issuer: str = _setting(
        "",
        "Issuer of OpenID Connect tokens that are accepted beside API keys, exactly as their `iss` names it; empty: none are.",
        form=ISSUER,
    )
    oidc_audience: str = _setting("", "Name of this service at the issuer: tokens must carry it as `aud`.")
    oidc_clients: str = _setting(
        "",
        "Clients whose tokens are accepted (`azp`), separated by commas; `*` for all of the issuer's; empty: only the audience itself.",
    )
    oidc_workspace_claim: str = _setting("workspace", "Claim that names the workspace a token is for.", form=CLAIM)
    oidc_groups_claim: str = _setting("groups", "Claim that lists the groups of whom a token speaks for.", form=CLAIM)
    oidc_scope_map: str = _setting(
        "",
        "Scopes that members of groups have, as `editors=write; owners=admin embed`; who is in none of these groups may do nothing.",
        form=SCOPE_MAP,
    )
    oidc_client_id: str = _setting(
        "",
        "Name of this service's pages at the issuer (`client_id`), with which people sign in there; empty: the pages are for keys alone.",
    )
    oidc_client_secret: str = _setting(
        "",
        "Secret that the issuer gave with `CONCORD_OIDC_CLIENT_ID`; empty: a public client, which has none.",
        form=CLIENT_SECRET,
    )
    oidc_scopes: str = _setting(
        "openid profile",
        "Scopes that people are asked for at the issuer, so that their token carries name, workspace and groups.",
        form=SCOPES,
    )
    oidc_button: str = _setting(
        "", "What stands on the button that leads to the issuer; empty: “Sign in with your company account”."
    )
    oidc_session_minutes: int = _setting(
        0,
        "Minutes after which people whom the issuer signed in do so again; 0: when the issuer's token ends, after 12 hours at most.",
        high=720,
    )
    shutdown_seconds: int = _setting(
        25,
        "Seconds after SIGTERM within which the process is gone; running requests have four fewer to end, then jobs are handed back.",
        high=600,
    )
    log_level: str = _setting(
        "info", "What is logged: `debug`, `info`, `warning` or `error`.", words=("debug", "info", "warning", "error")
    )

    log_format: Literal["text", "json"] = _setting(
        "text", "How it is logged: `text` for people, `json` with a member for each field.", words=("text", "json")
    )
    metrics_token: str = _setting(
        "",
        "Token with which `/metrics` is asked for (`Authorization: Bearer …`); empty: only this very machine gets them.",
        form=SECRET,
    )
    tracing: Literal["off", "otlp"] = _setting(
        "off",
        "Whether requests are traced: `otlp` sends spans where `OTEL_EXPORTER_OTLP_ENDPOINT` says; needs `concord[tracing]`.",
        words=("off", "otlp"),
    )

    @property
    def own_address(self) -> str:
        """Where this very machine finds the service."""
        host = _OWN.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def address(self) -> str:
        """Where people find it."""
        return self.public_url or self.own_address

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the environment makes; raises SettingsInvalid with every fault."""
        values: dict[str, Any] = {}
        faults: list[str] = []
        for known in fields(cls):
            try:
                written = _written(known, environment)
            except ValueError as fault:
                faults.append(str(fault))
                continue
            if not written:
                continue
            try:
                values[known.name] = _value(known, written)
            except ValueError as fault:
                found = "not usable" if known.metadata["form"] in SECRETS else repr(written[:80])
                faults.append(f"{variable(known.name)} is {found}, expected {fault}")
        faults.extend(_missing(values))
        if faults:
            raise SettingsInvalid("; ".join(faults))
        return cls(**values)


class Row(NamedTuple):
    """A setting as it is documented."""

    variable: str
    default: str
    meaning: str


def rows() -> Iterator[Row]:
    """Every setting, for the table in docs/ and the command line."""
    for known in fields(Settings):
        yield Row(variable(known.name), str(known.default), known.metadata["meaning"])


class InForce(NamedTuple):
    """A setting with its value, as people are shown it: secrets are masked. `is_set`: the surroundings say it."""

    variable: str
    value: str
    is_set: bool
    meaning: str


def in_force(settings: Settings, environment: Mapping[str, str] = os.environ, **made: str) -> Iterator[InForce]:
    """Every setting with its value; `made`: what stands in for those that are empty."""
    for known in fields(Settings):
        value = str(getattr(settings, known.name)) or made.get(known.name, "")
        is_set = any(environment.get(variable(known.name) + end, "").strip() for end in ("", FILE))
        yield InForce(variable(known.name), _masked(known, value), is_set, known.metadata["meaning"])


def table() -> str:
    """The settings as a Markdown table."""
    lines = ["| variable | default | what it decides |", "| --- | --- | --- |"]
    for row in rows():
        default = f"`{row.default}`" if row.default else "(empty)"
        lines.append(f"| `{row.variable}` | {default} | {row.meaning} |")
    return "\n".join(lines) + "\n"


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _masked(known: Field[Any], value: str) -> str:
    """A value without what nobody must see: keys, and the password in an address."""
    if known.metadata["form"] in (SECRET, CLIENT_SECRET):
        return "•••" if value else ""
    return re.sub(r"(://[^:@/]*):[^@/]*@", r"\1:•••@", value)


def _written(known: Field[Any], environment: Mapping[str, str]) -> str:
    """What the surroundings say, empty for nothing; a secret may stand in a file that a variable of its own names."""
    name = variable(known.name)
    written, file = environment.get(name, "").strip(), environment.get(name + FILE, "").strip()
    if not file or known.metadata["form"] not in SECRETS:
        return written
    if written:
        raise ValueError(f"{name} and {name}{FILE} are both set, expected one of them")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise ValueError(f"{name}{FILE} is {file[:80]!r}, expected a file that can be read") from None


def _value(known: Field[Any], written: str) -> str | int:
    words, form = known.metadata["words"], known.metadata["form"]
    if words and written not in words:
        raise ValueError(f"one of {', '.join(words)}")
    if form and not re.fullmatch(form.pattern, written):
        raise ValueError(form.expected)
    if not isinstance(known.default, int):
        return written.rstrip("/") if known.name == "public_url" else written
    low, high = known.metadata["low"], known.metadata["high"]
    if not (written.isascii() and written.isdigit() and low <= int(written) <= high):
        raise ValueError(f"a whole number from {low} to {high}")
    return int(written)


def _missing(values: Mapping[str, Any]) -> Iterator[str]:
    """What has to be set because something else is."""
    for set_, needed, expected in (
        ("oidc_issuer", ("oidc_audience", "oidc_client_id"), "the `aud` of tokens"),
        ("oidc_issuer", ("oidc_scope_map",), SCOPE_MAP.expected),
        ("oidc_client_id", ("oidc_issuer",), ISSUER.expected),
        ("oidc_client_secret", ("oidc_client_id",), "the `client_id` that the secret is of"),
    ):
        if set_ in values and not any(name in values for name in needed):
            yield f"{variable(needed[0])} is not set, expected {expected}, because {variable(set_)} is set"
