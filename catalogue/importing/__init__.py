"""Reading other catalogues' records into canonical documents."""
