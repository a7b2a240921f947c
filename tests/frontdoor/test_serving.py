"""Opening a front door at the shell: what is refused, what is said, and what the process has."""

from __future__ import annotations

import json
import secrets
import ssl
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from linkworker.hatch import AREAS, KEYS, Hatch
from linkworker.sealing import LaptopKey
from tests.frontdoor.doors import ROOT, open_door


def typed(*words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "linkworker", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def certificate(folder: Path) -> tuple[Path, Path]:
    """Return a certificate for this machine and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, private


def test_a_lead_sets_a_front_door_up_and_gives_a_partner_a_key(tmp_path: Path) -> None:
    hub, door, areas = tmp_path / "hub", tmp_path / "door", tmp_path / "areas.csv"
    areas.write_text("le9 8, Barwell\n\nLE10,Hinckley\n", encoding="utf-8")
    assert typed("hub", "init", "--data", str(hub), "--name", "A team")[0] == 0
    status, said, _ = typed(
        *("hub", "front-door", str(door), "--areas", str(areas), "--data", str(hub), "--json")
    )
    assert (status, json.loads(said)) == (0, {"front_door": str(door)})
    assert json.loads((door / "given" / AREAS).read_text()) == {
        "LE98": "Barwell",
        "LE10": "Hinckley",
    }
    given = Hatch(door).given()
    assert [given.area_of(one) for one in ("LE9 8EB", "le10 1aa", "SW1A 1AA", "")] == [
        *("Barwell", "Hinckley", "", "")
    ]
    status, said, _ = typed("hub", "partner", "Heath Lane", "--data", str(hub), "--json")
    key = json.loads(said)["key"]
    assert (status, len(bytes.fromhex(key))) == (0, 32)
    for path in (*hub.rglob("*"), *door.rglob("*")):
        assert not path.is_file() or key.encode() not in path.read_bytes()
    _, said, _ = typed("hub", "status", "--data", str(hub), "--json")
    found = json.loads(said)
    assert [one["name"] for one in found["partners"]] == ["Heath Lane"]
    assert found["introductions"] == {"waiting": 0, "unreadable": 0}
    assert typed("hub", "end-partner", "Heath Lane", "--data", str(hub))[0] == 0
    status, _, why = typed("hub", "end-partner", "Heath Lane", "--data", str(hub))
    assert (status, "No partner of that name" in why) == (1, True)
    status, _, why = typed("front-door", "serve", "--data", str(door), "--port", "0")
    assert (status, "no laptop of the team has synced" in why) == (1, True)


def test_without_a_certificate_it_serves_its_own_machine_alone(tmp_path: Path) -> None:
    hatch = Hatch(tmp_path / "door")
    hatch.make()
    hatch.give(KEYS, [LaptopKey(secrets.token_bytes(32)).public])
    at = ("front-door", "serve", "--data", str(hatch.folder), "--port", "0")
    status, _, why = typed(*at, "--host", "0.0.0.0")
    assert (status, "Without a certificate" in why) == (1, True)
    status, _, why = typed(*at, "--certificate", str(tmp_path / "none"), "--key", "none")
    assert (status, "cannot be read" in why) == (1, True)
    assert typed(*at, "--certificate", "chain.pem")[0] == 2
    assert typed("front-door", "serve", "--data", str(tmp_path / "nowhere"))[0] == 1


def test_with_a_certificate_a_browser_is_told_to_come_encrypted_only(tmp_path: Path) -> None:
    chain, key = certificate(tmp_path)
    options = ("--certificate", str(chain), "--key", str(key))
    with open_door(tmp_path / "door", *options) as door:
        assert door.url.startswith("https://")
        context = ssl.create_default_context(cafile=str(chain))
        url = door.url.replace("127.0.0.1", "localhost")
        with urllib.request.urlopen(url, context=context, timeout=30) as answer:
            assert answer.status == 200
            assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_the_process_that_faces_the_internet_has_no_way_to_any_records() -> None:
    asks = (
        "import sys, linkworker.frontdoor.serving\n"
        "names = [name for name in sys.modules if name.startswith(('linkworker.', 'sqlcipher3', "
        "'psycopg', 'sqlmodel'))]\nprint('\\n'.join(names))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    rooms = {".".join(name.split(".")[:2]) for name in loaded}
    assert not rooms & {f"linkworker.{one}" for one in ("store", "storage", "caseload", "oplog")}
    assert not {name.split(".")[0] for name in loaded} & {"sqlcipher3", "psycopg", "sqlmodel"}
    assert {name for name in loaded if name.startswith("linkworker.hub.")} <= {
        *("linkworker.hub.database", "linkworker.hub.limits", "linkworker.hub.upgrading"),
        *("linkworker.hub.http", "linkworker.hub.http.door"),
    }


@pytest.mark.parametrize("name", ["in", "given"])
def test_the_folder_is_for_the_two_alone(tmp_path: Path, name: str) -> None:
    Hatch(tmp_path / "door").make()
    assert (tmp_path / "door" / name).stat().st_mode & 0o007 == 0
