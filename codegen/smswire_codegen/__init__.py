"""Generator of `smswire_documents`: schemas in, typed documents with their checks, writers and binders out."""
