"""Evaluators: one per gold set, the floors that no figure may fall below, and the checks that run them."""
