# copied by: nox -s codegen. Do not edit.

"""What the generated documents stand on: their base class, checks, escaping and descriptions."""
