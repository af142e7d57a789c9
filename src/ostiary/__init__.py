"""Ostiary: an identity and access manager that speaks the AWS IAM and STS protocols."""
