"""What can go wrong with saved cases. Each kind has a key into the phrases, with what happened and what to do.

The text of an exception is its key alone: no path, no passphrase, no answer can reach a log through it.
"""

from collections.abc import Sequence
from typing import ClassVar

from desktop_app.library.phrases import Phrases


class StoreProblem(Exception):
    """Something that the user must know; what was stored before is still there."""

    key: ClassVar[str]
    can_pass: ClassVar[bool] = True
    """Whether trying again can help, once the user did what is advised."""

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


class StoreNotices:
    """Several things that were found or done at once, told as one: the place for messages holds one."""

    key = "store_notices"

    def __init__(self, notices: Sequence[StoreProblem]) -> None:
        self.details = {"number": len(notices)}
        self._notices = notices

    def message(self, phrases: Phrases) -> str:
        """All of them, a line each."""
        return "\n".join(notice.message(phrases) for notice in self._notices)


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


class StoreNotPlain(StoreProblem):
    """A pipe, a device or a folder stands in the place of the file or of its journal."""

    key = "store_not_plain"


class StoreOutOfReach(StoreProblem):
    """The disk or the network on which the file is does not answer."""

    key = "store_out_of_reach"


class StoreDamaged(StoreProblem):
    """The file is ours, and what is in it is not whole."""

    key = "store_damaged"


class StoreIsNewer(StoreProblem):
    """A newer version of the program made this store."""

    key = "store_is_newer"


class EncryptionMissing(StoreProblem):
    """The part that encrypts cannot be loaded; without it nothing is stored."""

    key = "encryption_missing"


class JournalAside(StoreProblem):
    """A journal stood beside the file, or alone, that does not belong to it; it was moved aside."""

    key = "journal_aside"
    can_pass = False


class JournalBroken(StoreProblem):
    """The journal has lost something; it was copied before anything was written, and all else is there."""

    key = "journal_broken"
    can_pass = False


class StoreRemade(StoreProblem):
    """The file was removed or moved while it was in use; all that could be read is in a new file in its place."""

    key = "store_remade"
    can_pass = False


class StoreReplaced(StoreProblem):
    """The file was overwritten, cut, or removed in part while in use; what was there was moved aside for a new one."""

    key = "store_replaced"
    can_pass = False


class StoreKeptElsewhere(StoreProblem):
    """Another file took the place of the one in use; that is left alone, and all is kept in another folder."""

    key = "store_kept_elsewhere"
    can_pass = False


class CasesElsewhere(StoreProblem):
    """At an earlier time cases were kept in another folder; they are still there."""

    key = "cases_elsewhere"
    can_pass = False


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
    can_pass = False


class CaseOpenElsewhere(StoreProblem):
    """Another window edits this case; one may look at it or take it over."""

    key = "case_open_elsewhere"
    can_pass = False


class CaseTakenOver(StoreProblem):
    """Another window took this case over from this one; what this window still wants to save is refused."""

    key = "case_taken_over"
    can_pass = False


class CaseChangedElsewhere(StoreProblem):
    """The case was changed elsewhere since this window read it; saving would undo that."""

    key = "case_changed_elsewhere"
    can_pass = False


class CaseNotReadable(StoreProblem):
    """What is stored of this case is not a case that this version knows; it is left as it is."""

    key = "case_not_readable"
    can_pass = False


# --- plain files ----------------------------------------------------------------------------------------------------


class FileMissing(StoreProblem):
    """There is no such file."""

    key = "file_missing"
    can_pass = False


class FileNotReadable(StoreProblem):
    """The file cannot be read: a folder, or no permission."""

    key = "file_not_readable"
    can_pass = False


class FileNotPlain(StoreProblem):
    """A pipe or a device stands in the place of a file."""

    key = "file_not_plain"


class FileOutOfReach(StoreProblem):
    """The disk or the network on which the file is does not answer."""

    key = "file_out_of_reach"


class FileTooLarge(StoreProblem):
    """A file of this size is no case."""

    key = "file_too_large"
    can_pass = False
