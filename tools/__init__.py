"""What the Makefile runs besides others' tools. Nothing here is shipped."""
