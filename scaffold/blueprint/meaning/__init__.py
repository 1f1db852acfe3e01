"""From what a blueprint says to the model: defaults applied, labels settled, values typed."""
