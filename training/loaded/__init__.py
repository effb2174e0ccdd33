"""How the weights that find loaded language are made. See ../README.md."""
