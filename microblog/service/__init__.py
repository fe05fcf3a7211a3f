"""The verbs of the work, one a function: each loads, decides with `domain` and `text`, saves."""
