"""Every setting, each described; read once from the environment (`CONSULT_…`)."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

AuthMethod = Literal["", "client_secret_basic", "client_secret_post", "private_key_jwt", "none"]
ROLES = ("owner", "official", "analyst", "moderator", "member", "observer")


class OidcProvider(BaseModel):
    """One OpenID Connect provider staff or citizens may sign in with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=40,
        description="Short name used in addresses, such as `entra`.",
    )
    label: str = Field(description="What the button says, such as `Example Council account`.")
    issuer: str = Field(description="Issuer address; discovery is read from it.")
    client_id: str = Field(description="What the provider calls this installation.")
    client_secret: str = Field(
        default="", repr=False, description="The secret agreed with the provider; empty for none."
    )
    auth_method: AuthMethod = Field(
        default="",
        description="How we show the provider who we are: `client_secret_basic`, "
        "`client_secret_post`, `private_key_jwt` or `none`; empty means `client_secret_basic`, or "
        "`none` without a secret.",
    )
    private_key: str = Field(
        default="",
        repr=False,
        description="PEM file of the RSA or EC P-256 key for `private_key_jwt`.",
    )
    key_id: str = Field(default="", description="`kid` of that key, if the provider asks for one.")
    scope: str = Field(default="openid email profile", description="What we ask for.")
    parameters: dict[str, str] = Field(
        default_factory=dict,
        description="More to send when signing in begins, such as `prompt` or `ui_locales`.",
    )
    email_claim: str = Field(default="email", description="Claim that holds the e-mail address.")
    trust_email: bool = Field(
        default=False,
        description="Take addresses as verified although the provider does not say so. Only for "
        "a provider whose accounts your organisation itself makes.",
    )
    roles_claim: str = Field(
        default="",
        description="Claim that lists groups or roles, such as `groups` or `realm_access.roles`; "
        "empty for none.",
    )
    roles: dict[str, str] = Field(
        default_factory=dict,
        description="Value of the claim → `organisation-slug:role`, several with commas.",
    )

    @field_validator("name")
    @classmethod
    def _not_an_address_of_ours(cls, name: str) -> str:
        if name in ("as", "link"):
            raise ValueError(f"A provider cannot be called {name}: that address is taken.")
        return name

    @field_validator("issuer")
    @classmethod
    def _encrypted(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not (parts.scheme == "http" and here):
            raise ValueError("An issuer begins with https:// (http:// only on this machine).")
        return issuer

    @field_validator("roles")
    @classmethod
    def _known(cls, roles: dict[str, str]) -> dict[str, str]:
        for pair in ",".join(roles.values()).split(",") if roles else ():
            if pair.strip().rpartition(":")[2] not in ROLES or ":" not in pair:
                raise ValueError(
                    f"“{pair.strip()}” is no role: write organisation-slug:role, where the role is "
                    f"one of {', '.join(ROLES)}."
                )
        return roles

    @model_validator(mode="after")
    def _key_at_hand(self) -> "OidcProvider":
        if self.auth_method == "private_key_jwt" and not self.private_key:
            raise ValueError("private_key_jwt needs private_key: the PEM file of the key.")
        return self


class Settings(BaseSettings):
    """Read once at start. `--data` on the command line wins over `CONSULT_DATA`."""

    model_config = SettingsConfigDict(env_prefix="CONSULT_", env_nested_delimiter="__")

    data: Path = Field(
        default=Path("var"), description="Folder of the embedded database, uploads and keys."
    )
    database_url: str = Field(
        default="",
        description="PostgreSQL address; empty means the SQLite file in the data folder.",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Public address, used in letters, feeds and sign-in.",
    )
    site_name: str = Field(default="Consult", description="The name in the header and in letters.")
    contact: str = Field(
        default="consult@example.org", description="Shown to the public and sent in our User-Agent."
    )
    demo: bool = Field(
        default=False, description="Demo world: one-click sign-in. Set by `consult demo` only."
    )
    secret: str = Field(
        default="",
        description="Key for hashes, seals and signatures, at least 32 characters; empty means a "
        "`secret.key` file made in the data folder on first start.",
    )
    smtp_url: str = Field(
        default="",
        description="smtp://user:password@host:port or smtps://; empty keeps letters in the outbox.",
    )
    mail_from: str = Field(default="consult@example.org", description="Sender of letters.")
    oidc: list[OidcProvider] = Field(
        default_factory=list, description="OpenID Connect providers, as a JSON list."
    )
    secure_cookies: bool = Field(
        default=False,
        description="Set when served over https: cookies get `Secure`, answers get HSTS.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1", description="Addresses whose X-Forwarded-For is believed."
    )
    allow_private_fetch: bool = Field(
        default=False,
        description="Let outgoing fetches reach private addresses. For tests and closed networks only.",
    )
    max_upload_mb: int = Field(
        default=2048, description="Largest file that may be imported, in megabytes."
    )
    log_level: str = Field(default="INFO", description="Least level of log lines.")

    @field_validator("oidc")
    @classmethod
    def _each_its_name(cls, oidc: list[OidcProvider]) -> list[OidcProvider]:
        if len({one.name for one in oidc}) < len(oidc):
            raise ValueError("Two providers have the same name: give each its own.")
        return oidc

    @cached_property
    def url(self) -> str:
        """The database address in SQLAlchemy's form."""
        if self.database_url:
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{self.data.resolve() / 'consult.db'}"

    @cached_property
    def key(self) -> bytes:
        """The secret, made once and kept in the data folder when none is set."""
        return (self.secret or _kept_secret(self.data / "secret.key")).encode()


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


_adopted: list[Settings] = []


def settings() -> Settings:
    """The settings of this process."""
    if not _adopted:
        adopt(Settings())
    return _adopted[-1]


def adopt(these: Settings) -> None:
    """Make these the settings of this process: the command line has its say before anything reads them."""
    _adopted[:] = [these]
