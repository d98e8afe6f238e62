"""Showing: passages, figures and tables for people to read and take away."""
