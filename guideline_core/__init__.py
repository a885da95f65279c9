"""The guideline as data and the plan that follows from it: a Case and an Edition go in, a Plan comes out.

Pure: no disk, no clock, no window, no language. `make_plan` in `planning` is the door.
"""
