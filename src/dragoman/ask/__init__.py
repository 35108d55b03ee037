"""Asking a language model that the user names what a text says. Its words count only where the text has them."""
