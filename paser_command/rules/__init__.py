"""Judgements made in the collector: which reports belong together, which limits are passed."""
