"""Template tags of the form pages."""
