"""The settings of a user, as the program finds them in the folder of the system."""

import json
from pathlib import Path


def write_settings(config_folder: Path, **settings: object) -> None:
    """Give the user of this configuration folder (XDG_CONFIG_HOME) settings."""
    file = config_folder / "botwijzer" / "settings.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"version": 1, **settings}))
