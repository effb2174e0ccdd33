"""Many readings in, links between them out. Nothing here sees a parse: readings saved as JSON are enough."""
