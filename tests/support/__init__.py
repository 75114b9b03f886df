"""What the tests of documents share: the document types under test, oracles, examples, strategies."""
