"""How the weights of the attribution encoder are made. See README.md."""
