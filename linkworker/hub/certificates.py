"""The hub's own certificate authority: laptops trust it and nobody else's.

The authority signs only the hub's certificate, and that under one fixed name, so that the hub may
move to another address without anything being signed anew. The authority's fingerprint stands in
every invite. Keys are on P-256, the curve that every TLS library has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from linkworker.folders import write_whole
from linkworker.refusal import Refused

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, CertificateBuilder

SERVER_NAME = "hub.linkworker.internal"
"""The name that every hub has for its laptops, wherever it stands ("internal" is nobody's)."""

AUTHORITY, AUTHORITY_KEY = "authority.pem", "authority-key.pem"
SERVER = "hub.pem"
"""The hub's own certificate, with its key in the same file: a power cut leaves a whole pair."""
AUTHORITY_DAYS = 20 * 365
SERVER_DAYS = 365
RENEW_DAYS = 60
"""Days before its end at which the hub's certificate is made anew."""

_EARLIER = timedelta(days=1)
"""A laptop whose clock is behind must be able to join."""


class BrokenAuthority(Refused):
    """A file of the authority is missing, cannot be read, or is another authority's."""

    def __init__(self, file: str) -> None:
        super().__init__(
            "The hub was not opened.",
            f"{file} in its folder is missing, broken, or another hub's.",
            f"Put {AUTHORITY} and {AUTHORITY_KEY} back from a copy of the folder: laptops trust no "
            "other authority.",
        )


@dataclass(frozen=True)
class Certificates:
    """Where the hub's certificate lies with its key, and the authority's certificate as PEM."""

    chain: Path
    authority: str
    ends: datetime
    """When the authority ends: after that day no laptop trusts the hub."""

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the authority's certificate."""
        return fingerprint_of(self.authority)


def fingerprint_of(pem: str) -> bytes:
    """Return the SHA-256 of a certificate. Raises `ValueError` where it is none."""
    import ssl

    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()


def make_authority(folder: Path, now: datetime) -> None:
    """Make the authority's key and certificate in `folder`; never over older ones."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("linkworker hub authority")
    builder = (
        _builder(now, AUTHORITY_DAYS)
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )
    write_whole(folder / AUTHORITY_KEY, _pem_of_key(key))
    write_whole(folder / AUTHORITY, _pem(builder.sign(key, hashes.SHA256())))


def certificates(folder: Path, now: datetime) -> Certificates:
    """Return the hub's certificates, making the hub's own where it is absent, broken, another
    authority's, not good yet, or ends soon. Raises `BrokenAuthority`.

    Called again and again by a hub that serves. While its own is good that of the authority need
    not be able to sign.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    authority = _authority(folder)
    server = folder / SERVER
    days_left = _days_left(server, authority, now)
    if days_left < RENEW_DAYS:
        try:
            _make_server(folder, authority, now)
        except BrokenAuthority:
            if days_left <= 0:
                raise
    pem = authority.public_bytes(Encoding.PEM).decode("ascii")
    return Certificates(server, pem, authority.not_valid_after_utc)


def _authority(folder: Path) -> Certificate:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    except (OSError, ValueError):
        raise BrokenAuthority(AUTHORITY) from None


def _days_left(server: Path, authority: Certificate, now: datetime) -> float:
    """Return for how many days the hub's certificate is good, 0 where there is none, or where it
    begins on a day to come: it was made while the hub's clock was ahead."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        pem = server.read_bytes()
        found = x509.load_pem_x509_certificate(pem)
        found.verify_directly_issued_by(authority)
        if load_pem_private_key(pem, None).public_key() != found.public_key():
            return 0
    except (OSError, ValueError, TypeError, InvalidSignature):
        return 0
    if found.not_valid_before_utc > now:
        return 0
    return (found.not_valid_after_utc - now) / timedelta(days=1)


def _signer(folder: Path, authority: Certificate) -> EllipticCurvePrivateKey:
    """Return the authority's key. Raises `BrokenAuthority`."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    except (OSError, ValueError, TypeError):
        raise BrokenAuthority(AUTHORITY_KEY) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or (
        key.public_key() != authority.public_key()
    ):
        raise BrokenAuthority(AUTHORITY_KEY)
    return key


def signs(folder: Path) -> bool:
    """Say whether the authority's key is there and is its own: else no certificate is renewed."""
    try:
        _signer(folder, _authority(folder))
    except BrokenAuthority:
        return False
    return True


def _make_server(folder: Path, authority: Certificate, now: datetime) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    signer = _signer(folder, authority)
    key = ec.generate_private_key(ec.SECP256R1())
    names = [
        *(x509.DNSName(name) for name in (SERVER_NAME, "localhost")),
        *(x509.IPAddress(ip_address(one)) for one in ("127.0.0.1", "::1")),
    ]
    builder = (
        _builder(now, SERVER_DAYS)
        .subject_name(_name(SERVER_NAME))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .add_extension(x509.SubjectAlternativeName(names), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False
        )
    )
    certificate = builder.sign(signer, hashes.SHA256())
    write_whole(folder / SERVER, _pem_of_key(key) + _pem(certificate))


def _builder(now: datetime, days: int) -> CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + timedelta(days=days))
    )


def _name(common: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _pem_of_key(key: EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
