"""Message catalogues: what is said in code and templates, and how it reads in Vietnamese."""
