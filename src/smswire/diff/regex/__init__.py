"""Regular expressions as sets of strings: what is in one and not in another, decided and shown by an example.

`charset` holds sets of characters; `classes` and `parse` read the two dialects into `nodes`; `compiling` makes terms of
those, `terms` derives them, `search` looks for words.
"""
