"""Saved cases, encrypted on disk: each answer is stored as it is given, and one window at a time edits a case.

    store = open_store(default_folder(), SystemKeys(ask_passphrase))
    number = store.new_case(now)            # or: kept = store.open_case(number, now)
    store.save(number, case, raws, now)     # after each answer; when it returns, the answer is on the disk
    store.renew(number, now)                # now and then, so that others know that the case is in use

Each part is imported from the module in which it stands: they are needed at different times, and some take long.
What goes wrong is a StoreProblem that says what happened and what to do. Nothing here reads the clock.
"""
