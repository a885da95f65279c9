"""The guideline as data and the plan that follows from it: a Case and an Edition go in, a Plan comes out.

Pure: no disk, no clock, no window, no language. `planning.Planner` is the door; `edition.reading` reads an edition,
`compiler` makes of it what a Planner needs, and `case_reading` reads a case.
"""
