"""The shipped encoder: from the text of one article to scores of its words, and from those to attributions."""
