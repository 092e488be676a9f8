"""`python -m gouvernail`."""

from gouvernail.cli import main

main()
