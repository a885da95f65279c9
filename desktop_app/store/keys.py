"""The key of the store: a random one in the keyring of the system, or else one made of a passphrase.

The first 16 bytes of the file, which are never encrypted, are its salt. They begin with a mark that says that the file
is ours and where its key comes from; the rest is random, and the whole is the name under which the keyring has the key.
So no key is ever replaced by that of another store, and a copy of the file opens as long as the keyring is the same.
"""

import functools
import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from desktop_app.store.problems import KeyMissing, KeyNotGiven, KeyringRefuses, StoreDamaged, WrongPassphrase
from desktop_app.store.weakness import SHORTEST_PASSPHRASE, weakness_of

SERVICE = "botwijzer"
KEYRING_MARK = b"BWK1"
PASSPHRASE_MARK = b"BWP1"
MARKS = (KEYRING_MARK, PASSPHRASE_MARK)
SALT_BYTES = 16
KEY_BYTES = 32
_ROUNDS = 256_000  # what SQLCipher 4 does itself, so that its own tools open the file with the passphrase


@dataclass(frozen=True)
class StoreKey:
    """A raw key, and the salt of the file that it belongs to."""

    raw: bytes = field(repr=False)
    salt: bytes


@dataclass(frozen=True)
class PassphraseRequest:
    """Why a passphrase is asked for: to make a store, to open it, or again after one that will not do."""

    reason: Literal["new", "too_short", "too_easy", "invisible", "open", "wrong"]
    shortest: int = SHORTEST_PASSPHRASE


AskPassphrase = Callable[[PassphraseRequest], str | None]


class KeySource(Protocol):
    """Where keys come from."""

    def new_key(self) -> StoreKey:
        """Make the key of a new store."""

    def forget_key(self, key: StoreKey) -> None:
        """The store for which this key was made did not come about."""

    def key_of(self, salt: bytes, fits: Callable[[bytes], bool]) -> bytes:
        """The raw key of the file with this salt; raises a StoreProblem when there is none that fits."""


class SystemKeys:
    """The keyring of the system; where there is none (a bare Linux) the user is asked for a passphrase."""

    def __init__(self, ask: AskPassphrase) -> None:
        self._ask = ask

    def new_key(self) -> StoreKey:
        """A random key in the keyring, or one of a passphrase."""
        for keyring in usable_keyrings():
            key = StoreKey(secrets.token_bytes(KEY_BYTES), _new_salt(KEYRING_MARK))
            if _kept_in(keyring, key):
                return key
        salt = _new_salt(PASSPHRASE_MARK)
        return StoreKey(key_of_passphrase(self._new_passphrase(), salt), salt)

    def forget_key(self, key: StoreKey) -> None:
        """Take a key that opens nothing out of the keyring; that it stays there does no harm."""
        if key.salt.startswith(KEYRING_MARK):
            for keyring in usable_keyrings():
                _answer_of(functools.partial(keyring.delete_password, SERVICE, key.salt.hex()))

    def key_of(self, salt: bytes, fits: Callable[[bytes], bool]) -> bytes:
        """Look the key up, or ask until a passphrase fits or none is given."""
        return self._from_keyring(salt, fits) if salt.startswith(KEYRING_MARK) else self._asked(salt, fits)

    def _from_keyring(self, salt: bytes, fits: Callable[[bytes], bool]) -> bytes:
        asked = [_answer_of(functools.partial(ring.get_password, SERVICE, salt.hex())) for ring in usable_keyrings()]
        key = next((_key_in(found) for _, found in asked if found), None)
        if key is None:
            silent = not asked or not all(answered for answered, _ in asked)
            raise KeyringRefuses if silent else KeyMissing
        if not fits(key):  # it was found by the file's own name: what does not fit is the file
            raise StoreDamaged
        return key

    def _asked(self, salt: bytes, fits: Callable[[bytes], bool]) -> bytes:
        given = self._ask(PassphraseRequest("open"))
        if given is None:
            raise KeyNotGiven
        while given is not None:
            key = key_of_passphrase(given, salt)
            if fits(key):
                return key
            given = self._ask(PassphraseRequest("wrong"))
        raise WrongPassphrase

    def _new_passphrase(self) -> str:
        given = self._ask(PassphraseRequest("new"))
        while given is not None and (weakness := weakness_of(given)) is not None:
            given = self._ask(PassphraseRequest(weakness))
        if given is None:
            raise KeyNotGiven
        return given


def key_of_passphrase(passphrase: str, salt: bytes) -> bytes:
    """The raw key that belongs to a passphrase, however its accents are composed; slow (0.1 s) on purpose."""
    text = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hashlib.pbkdf2_hmac("sha512", text, salt, _ROUNDS, KEY_BYTES)


class Keyring(Protocol):
    """What a keyring of the system can do."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret under a name; None when there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""


Result = TypeVar("Result")


def usable_keyrings() -> list[Keyring]:
    """The keyrings of the system, best first (a desktop can have two); none that keeps its secrets readable."""
    # It looks for all its backends, and is not asked where the key is given otherwise.
    import keyring

    answered, found = _answer_of(keyring.get_keyring)
    if not answered:
        return []
    backends = getattr(found, "backends", None) or [found]  # a chain of several, or one
    priorities = [_answer_of(functools.partial(getattr, backend, "priority")) for backend in backends]
    # 1 is what keyring itself recommends as the lowest.
    return [
        backend
        for backend, (known, priority) in zip(backends, priorities, strict=True)
        if known and priority is not None and priority >= 1
    ]


def _key_in(text: str) -> bytes | None:
    """The key that a keyring gave; None when it is none."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


def _new_salt(mark: bytes) -> bytes:
    return mark + secrets.token_bytes(SALT_BYTES - len(mark))


def _kept_in(keyring: Keyring, key: StoreKey) -> bool:
    """Put the key in the keyring and see that it is there: a store without its key would be lost."""
    name, secret = key.salt.hex(), key.raw.hex()
    answered, _ = _answer_of(lambda: keyring.set_password(SERVICE, name, secret))
    return answered and _answer_of(lambda: keyring.get_password(SERVICE, name)) == (True, secret)


def _answer_of(question: Callable[[], Result]) -> tuple[bool, Result | None]:
    """Ask the keyring; each backend raises errors of its own (D-Bus, Windows …), all of which mean: no answer."""
    try:
        return True, question()
    except Exception:
        return False, None
