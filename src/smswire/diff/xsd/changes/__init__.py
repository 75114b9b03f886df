"""What changed between two schemas, as a person would say it: one change per cause, by the paths of documents."""
