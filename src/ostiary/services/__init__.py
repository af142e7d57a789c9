"""The APIs: one package a service, one module a noun, one function an operation, named as the API names it."""
