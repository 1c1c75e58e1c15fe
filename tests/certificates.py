"""Certificates of the tests' own: an authority, and a server that it vouches for."""

import subprocess
from pathlib import Path


def authority(folder: Path) -> Path:
    """Make an authority in the folder; return the file of its certificate."""
    certificate = folder / "authority.pem"
    _openssl(
        folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        "-subj", "/CN=Test authority", "-keyout", "authority.key", "-out", certificate.name,
    )  # fmt: skip
    return certificate


def server_certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """Make a certificate of the host by the folder's authority; return its file and its key's."""
    (folder / "names").write_text(f"subjectAltName=DNS:{host}\n")
    _openssl(
        folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={host}",
        "-keyout", "server.key", "-out", "server.request",
    )  # fmt: skip
    _openssl(
        folder, "x509", "-req", "-in", "server.request", "-CA", "authority.pem",
        "-CAkey", "authority.key", "-CAcreateserial", "-days", "2", "-extfile", "names",
        "-out", "server.pem",
    )  # fmt: skip
    return folder / "server.pem", folder / "server.key"


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
