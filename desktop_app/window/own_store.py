"""Opens the store of this user, and asks in a dialog for its passphrase where no keyring has the key."""

from collections.abc import Callable

from PySide6.QtCore import QThread

from desktop_app.library.phrases import Phrases
from desktop_app.store.keys import SystemKeys
from desktop_app.store.store import Store, default_folder, open_store
from desktop_app.window.dialogs.passphrase import PassphraseAsker, ask_in_dialog


def open_own_store(phrases: Callable[[], Phrases], thread_of_windows: QThread) -> Store:
    """Open the store, from any thread; raises a StoreProblem. Dialogs are shown in the thread of the windows."""
    asker = PassphraseAsker(ask_in_dialog(phrases))
    asker.moveToThread(thread_of_windows)
    return open_store(default_folder(), SystemKeys(asker))
