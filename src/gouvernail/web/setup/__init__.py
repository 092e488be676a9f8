"""The first start: whoever holds the code from the terminal makes the owner's account and the first organisation."""
