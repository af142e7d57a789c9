"""How `ostiary login`, `ostiary credentials` and `ostiary logout` keep a person signed in at the command line."""
