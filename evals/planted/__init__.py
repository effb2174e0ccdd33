"""Sentences planted in real articles that contradict one of their own: two sets of templates, and what fills them."""
