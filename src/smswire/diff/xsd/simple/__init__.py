"""Simple types of XSD as sets of the character strings that a document may print for them, white space included."""
