"""The wizard: the questions of a case in eight steps. `flow` decides without Qt; the pages are its skin."""
