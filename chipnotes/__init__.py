"""Load and clean Chinese news pages on chip policy, and read facts from them with the place where each stands."""

__version__ = "0.1.0"
