"""The journal's head, signed: kept elsewhere, it tells a journal that was cut or exchanged.

The chain of digests makes every record part of the last digest; only what was cut off at the end,
or a journal that was written anew as a whole, needs a witness outside of it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from paser_command.errors import InputError, JournalError, Words
from paser_command.journal.checks.finding import Finding
from paser_command.journal.engine import told
from paser_command.journal.schema import batch, meta
from paser_command.journal.segments import GONE, segments
from paser_command.journal.store import Journal
from paser_command.times import Instant, iso

KEY = "journal-head.key"
"""The secret key's file in the home folder: Ed25519, in minisign's form, without a password."""

_MOST = 64 * 1024


class SignedHead(msgspec.Struct, frozen=True):
    """What the journal came to at a time: its last number and digest, and who says so.

    `key` is the public key in minisign's form, `digest` is in hexadecimal digits, `time` RFC 3339.
    """

    epoch: str
    seq: int
    digest: str
    time: str
    key: str
    signature: str

    def signed_text(self) -> bytes:
        """Return what the signature is over."""
        lines = ("paser-command journal head", self.epoch, str(self.seq), self.digest)
        return "\n".join((*lines, self.time)).encode()


def signed_head(store: Journal, folder: Path, now: Instant) -> SignedHead:
    """Return the journal's head, signed with the key in the folder, which is made where missing.

    JournalError where the journal is empty.
    """
    import minisign

    with told(store.engine), store.engine.connect() as connection:
        last = select(batch).order_by(batch.c.first_seq.desc()).limit(1)
        row = connection.execute(last).first()
        epoch = _epoch(connection)
    if row is None:
        raise JournalError("the journal is empty: there is no head to sign")
    secret = minisign.SecretKey.from_bytes(_secret(folder / KEY))
    unsigned = SignedHead(
        epoch=epoch,
        seq=row.last_seq,
        digest=row.digest.hex(),
        time=iso(now),
        key=bytes(secret.get_public_key()).decode(),
        signature="",
    )
    signature = secret.sign(unsigned.signed_text(), trusted_comment=f"head {row.last_seq}")
    return msgspec.structs.replace(unsigned, signature=bytes(signature).decode())


def read_head(path: Path) -> SignedHead:
    """Return the head in a file; InputError unless it was signed with the key that it names."""
    import minisign

    try:
        with path.open("rb") as file:
            head = msgspec.json.decode(file.read(_MOST), type=SignedHead)
        key = minisign.PublicKey.from_bytes(head.key.encode())
        signature = minisign.Signature.from_bytes(head.signature.encode())
        key.verify(head.signed_text(), signature)
    except OSError as cause:
        raise InputError(
            "the head {file} cannot be read: {cause}", file=path, cause=cause.strerror
        ) from cause
    except (msgspec.MsgspecError, minisign.Error, ValueError) as cause:
        raise InputError(
            "{file} is no signed head of a journal, or was changed", file=path
        ) from cause
    return head


def check_head(store: Journal, head: SignedHead) -> Iterator[Finding]:
    """Give what is not as it was when the head was signed."""
    where = f"head of {head.time}"
    with told(store.engine), store.engine.connect() as connection:
        if _epoch(connection) != head.epoch:
            yield Finding(where, Words("is of another journal: this one was put in its place"))
            return
        asked = select(batch.c.digest).where(batch.c.last_seq == head.seq)
        digest = connection.execute(asked).scalar()
        if digest is None:
            of = {one.last_seq: one.digest for one in segments(connection) if one.state == GONE}
            if head.seq < max((last or 0 for last in of), default=0):
                return
            digest = of.get(head.seq)
    if digest is None:
        what = Words("the journal was cut: then it held records up to {seq}", seq=head.seq)
        yield Finding(where, what)
    elif digest.hex() != head.digest:
        what = Words("the journal is another one up to record {seq} since then", seq=head.seq)
        yield Finding(where, what)


def _epoch(connection: Connection) -> str:
    asked = select(meta.c.value).where(meta.c.name == "epoch")
    return str(connection.execute(asked).scalar() or "")


def _secret(path: Path) -> bytes:
    """Return the secret key in the file, made where there is none."""
    import minisign

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return path.read_bytes()
    body = bytes(minisign.KeyPair.generate().secret_key)
    with os.fdopen(made, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return body
