"""One module per vendor: facts of the simulated world written in that vendor's export format."""
