"""OpenID Connect: the way to a provider, and what has to hold before its answer is believed.

Authorisation code flow with PKCE (S256). The protocol is Authlib's, the signatures are joserfc's.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, RSAKey

from consult.identity import claims as claims_of
from consult.identity import providers
from consult.identity.claims import Claimed
from consult.identity.providers import ALGORITHMS, Provider
from consult.identity.refusals import SignInRefused, Why

LEEWAY = 60  # seconds by which the two clocks may differ


def way_to(provider: Provider, back: str, *, state: str, nonce: str, verifier: str) -> str:
    """The address at the provider where a person signs in; `back` is where they come back to."""
    with _client(provider, back) as client:
        address, _ = client.create_authorization_url(
            provider.authorize_at,
            state=state,
            nonce=nonce,
            code_verifier=verifier,
            **provider.config.parameters,
        )
    return str(address)


def way_out(provider: Provider, id_token: str, back: str) -> str:
    """The address at the provider where a person signs out, or nothing if it has none."""
    if not provider.end_session_at:
        return ""
    query = {"client_id": provider.config.client_id, "post_logout_redirect_uri": back}
    hint = {"id_token_hint": id_token} if id_token else {}
    joint = "&" if "?" in provider.end_session_at else "?"
    return f"{provider.end_session_at}{joint}{urlencode(query | hint)}"


def exchange(provider: Provider, back: str, *, code: str, verifier: str) -> dict[str, Any]:
    """The tokens for a code, straight from the provider."""
    try:
        with _client(provider, back) as client:
            found = client.fetch_token(
                provider.token_at,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
            )
    except OAuthError as wrong:
        ours = wrong.error in ("invalid_client", "unauthorized_client", "unsupported_grant_type")
        why = Why.MISCONFIGURED if ours else Why.NOT_CONFIRMED
        raise SignInRefused(why, provider.label) from wrong
    except (httpx2.HTTPError, ValueError) as wrong:
        raise SignInRefused(Why.DOWN, provider.label) from wrong
    return dict(found)


def believed(provider: Provider, tokens: Mapping[str, Any], *, nonce: str, at: datetime) -> Claimed:
    """The person the tokens vouch for, once everything about them has been verified."""
    claims = verified(provider, str(tokens.get("id_token", "")), nonce=nonce, at=at)
    if provider.userinfo_at and not claims_of.is_whole(provider.config, claims):
        more = providers.ask(
            provider.label, provider.userinfo_at, bearer=str(tokens.get("access_token", ""))
        )
        if more.get("sub") != claims["sub"]:
            raise SignInRefused(Why.FORGED, provider.label)
        claims = {**more, **claims}
    return claims_of.read(provider.config, claims)


def verified(provider: Provider, id_token: str, *, nonce: str, at: datetime) -> dict[str, Any]:
    """The claims of an ID token: signed by the provider, for us, for this sign-in, and not run out."""
    claims = _signed(provider, id_token)
    ours = provider.config.client_id
    registry = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": ours},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        registry.validate(claims)
    except JoseError as wrong:
        raise SignInRefused(_why(wrong), provider.label) from wrong
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else ours) != ours:
        raise SignInRefused(Why.FOR_OTHERS, provider.label)
    return claims


def _signed(provider: Provider, id_token: str) -> dict[str, Any]:
    try:
        try:
            return jwt.decode(id_token, providers.keys(provider), algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:  # it may have begun to sign with a new key
            new = providers.keys(provider, fresh=True)
            return jwt.decode(id_token, new, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError) as wrong:
        raise SignInRefused(Why.FORGED, provider.label) from wrong


def _why(wrong: JoseError) -> Why:
    if isinstance(wrong, ExpiredTokenError):
        return Why.EXPIRED
    claim = getattr(wrong, "claim", "")
    if claim == "iat" and isinstance(wrong, InvalidClaimError):
        return Why.EXPIRED
    return {"aud": Why.FOR_OTHERS, "nonce": Why.NONCE}.get(claim, Why.FORGED)


def _client(provider: Provider, back: str) -> OAuth2Client:
    config = provider.config
    secret: str | RSAKey | ECKey | None = config.client_secret or None
    if config.auth_method == "private_key_jwt":
        secret = _private_key(provider)
    client = OAuth2Client(
        config.client_id,
        secret,
        token_endpoint_auth_method=config.auth_method or None,
        scope=config.scope,
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=providers.TIMEOUT,
        trust_env=False,
        verify=providers.tls(),
    )
    if isinstance(secret, RSAKey | ECKey):
        client.register_client_auth_method(_assertion(provider, secret))
    return client


def _private_key(provider: Provider) -> RSAKey | ECKey:
    try:
        pem = Path(provider.config.private_key).read_bytes()
        made = load_pem_private_key(pem, password=None)
        return (ECKey if isinstance(made, EllipticCurvePrivateKey) else RSAKey).import_key(pem)
    except (OSError, JoseError, ValueError, TypeError) as wrong:
        raise SignInRefused(Why.MISCONFIGURED, provider.label) from wrong


def _assertion(provider: Provider, key: RSAKey | ECKey) -> PrivateKeyJWT:
    header = {"kid": provider.config.key_id} if provider.config.key_id else {}
    alg = "ES256" if isinstance(key, ECKey) else "RS256"
    return PrivateKeyJWT(provider.token_at, headers=header, alg=alg)
