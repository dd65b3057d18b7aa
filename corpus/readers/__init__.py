"""One reader a format behind one protocol. Parsers are imported in their reader's module and only when needed."""
