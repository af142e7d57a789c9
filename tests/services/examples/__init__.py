"""One call of each operation: a module per noun, with `EXAMPLES` by `service:Operation`."""
