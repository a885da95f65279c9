"""Reading a case: a valid Case comes out, or every fault at once, each with its path and what was expected."""
