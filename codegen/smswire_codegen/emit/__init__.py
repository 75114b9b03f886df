"""Emitters: each writes one module of a provider's package from the provider's plan."""
