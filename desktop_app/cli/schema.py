"""`botwijzer schema`: the schema of a case or a plan."""

import argparse

from desktop_app.cli.context import OK, Context
from desktop_app.cli.output import say
from desktop_app.library import resource_files


def run_schema(chosen: argparse.Namespace, context: Context) -> int:
    """Print a schema."""
    say(resource_files.content("schema", f"{chosen.which}.schema.json").decode())
    return OK
