"""Every setting, each described; read once from the environment (`CONSULT_…`)."""

import secrets
from functools import cached_property
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class OidcProvider(BaseSettings):
    """One OpenID Connect provider staff or citizens may sign in with."""

    name: str = Field(description="Short name used in addresses, such as `entra`.")
    label: str = Field(description="What the button says, such as `Example Council account`.")
    issuer: str = Field(description="Issuer address; discovery is read from it.")
    client_id: str
    client_secret: str = ""
    roles_claim: str = Field(
        default="", description="Claim that lists groups or roles; empty for none."
    )
    roles: dict[str, str] = Field(
        default_factory=dict,
        description="Value of the claim → `organisation-slug:role`.",
    )


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
