"""Starting the product on one machine: preconditions, preparation, supervised processes."""
