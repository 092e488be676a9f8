"""What measurement promises, measured anew: `make truth` prints every bar with its figure."""
