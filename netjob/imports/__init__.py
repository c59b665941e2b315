"""Foreign files: read by pure parsers (bytes in, rows and remarks out), written by importers."""
