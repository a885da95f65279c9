"""What can go wrong with saved cases. Each kind has a key into the phrases, with what happened and what to do.

The text of an exception is its key alone: no path, no passphrase, no answer can reach a log through it.
"""

from typing import ClassVar

from desktop_app.library.phrases import Phrases


class StoreProblem(Exception):
    """Something that the user must know; what was stored before is still there."""

    key: ClassVar[str]

    def __init__(self, **details: str | int) -> None:
        self.details = details
        super().__init__(self.key)

    def what(self, phrases: Phrases) -> str:
        """What happened, in words."""
        return phrases.get("store", "problem", self.key, "what").format_map(self.details)

    def what_to_do(self, phrases: Phrases) -> str:
        """What the user can do about it, in words."""
        return phrases.get("store", "problem", self.key, "do").format_map(self.details)

    def message(self, phrases: Phrases) -> str:
        """What happened and what to do, in one."""
        return f"{self.what(phrases)} {self.what_to_do(phrases)}"


# --- the disk -------------------------------------------------------------------------------------------------------


class StorageFull(StoreProblem):
    """No room is left on the disk."""

    key = "storage_full"


class StorageReadOnly(StoreProblem):
    """The folder or file may not be written."""

    key = "storage_read_only"


class StorageFailed(StoreProblem):
    """The disk refused for another reason."""

    key = "storage_failed"


class StoreBusy(StoreProblem):
    """Another program holds the file for longer than one waits."""

    key = "store_busy"


# --- the file -------------------------------------------------------------------------------------------------------


class NotAStore(StoreProblem):
    """A file stands in the place of the store that this program did not make."""

    key = "not_a_store"


class StoreDamaged(StoreProblem):
    """The file is ours, and what is in it is not whole."""

    key = "store_damaged"


class StoreIsNewer(StoreProblem):
    """A newer version of the program made this store."""

    key = "store_is_newer"


class EncryptionMissing(StoreProblem):
    """The part that encrypts cannot be loaded; without it nothing is stored."""

    key = "encryption_missing"


# --- the key --------------------------------------------------------------------------------------------------------


class KeyNotGiven(StoreProblem):
    """The user gave no passphrase."""

    key = "key_not_given"


class WrongPassphrase(StoreProblem):
    """The passphrase does not fit the store."""

    key = "wrong_passphrase"


class KeyMissing(StoreProblem):
    """The keyring of the system does not have the key of this store."""

    key = "key_missing"


class KeyringRefuses(StoreProblem):
    """The keyring of the system is locked, absent or does not answer."""

    key = "keyring_refuses"


# --- a case ---------------------------------------------------------------------------------------------------------


class NoSuchCase(StoreProblem):
    """There is no case with this number (any more)."""

    key = "no_such_case"


class CaseOpenElsewhere(StoreProblem):
    """Another window edits this case; one may look at it or take it over."""

    key = "case_open_elsewhere"


class CaseTakenOver(StoreProblem):
    """Another window took this case over from this one; what this window still wants to save is refused."""

    key = "case_taken_over"


class CaseChangedElsewhere(StoreProblem):
    """The case was changed elsewhere since this window read it; saving would undo that."""

    key = "case_changed_elsewhere"


class CaseNotReadable(StoreProblem):
    """What is stored of this case is not a case that this version knows; it is left as it is."""

    key = "case_not_readable"


# --- plain files ----------------------------------------------------------------------------------------------------


class FileMissing(StoreProblem):
    """There is no such file."""

    key = "file_missing"


class FileNotReadable(StoreProblem):
    """The file cannot be read: a folder, or no permission."""

    key = "file_not_readable"


class FileTooLarge(StoreProblem):
    """A file of this size is no case."""

    key = "file_too_large"
