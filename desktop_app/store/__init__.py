"""Saved cases, encrypted on disk: each answer is stored as it is given, and one window at a time edits a case.

    store = open_store(default_folder(), SystemKeys(ask_passphrase))
    number = store.new_case(now)            # or: kept = store.open_case(number, now)
    store.save(number, case, raws, now)     # after each answer; when it returns, the answer is on the disk
    store.renew(number, now)                # every HEARTBEAT_SECONDS, so that others know that the case is in use

What goes wrong is a StoreProblem that says what happened and what to do. Nothing here reads the clock.
"""

from desktop_app.store.keys import KeySource, PassphraseRequest, SystemKeys
from desktop_app.store.leases import HEARTBEAT_SECONDS, LEASE_SECONDS
from desktop_app.store.problems import StoreProblem
from desktop_app.store.store import KeptCase, RecentCase, Store, default_folder, open_store

__all__ = [
    "HEARTBEAT_SECONDS",
    "LEASE_SECONDS",
    "KeptCase",
    "KeySource",
    "PassphraseRequest",
    "RecentCase",
    "Store",
    "StoreProblem",
    "SystemKeys",
    "default_folder",
    "open_store",
]
