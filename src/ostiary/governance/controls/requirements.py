"""What standards ask for, written as Security Hub's documentation writes it.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html
"""


def cis(*sections: str) -> tuple[str, ...]:
    """Return requirements of the CIS AWS Foundations Benchmark, such as `5.0.0/1.13`."""
    return tuple(f"CIS AWS Foundations Benchmark v{section}" for section in sections)


def nist(*controls: str) -> tuple[str, ...]:
    """Return controls of NIST SP 800-53 revision 5, such as `AC-2(1)`."""
    return tuple(f"NIST.800-53.r5 {control}" for control in controls)


def nist_171(*requirements: str) -> tuple[str, ...]:
    """Return requirements of NIST SP 800-171 revision 2, such as `3.1.4`."""
    return tuple(f"NIST.800-171.r2 {requirement}" for requirement in requirements)


def pci(*requirements: str) -> tuple[str, ...]:
    """Return requirements of PCI DSS, such as `4.0.1/8.3.9`."""
    return tuple(f"PCI DSS v{requirement}" for requirement in requirements)


STRONG_SIGN_IN = nist("AC-2(1)", "AC-3(15)", "IA-2(1)", "IA-2(2)", "IA-2(6)", "IA-2(8)")
"""What every control about MFA is required by."""

LEAST_PRIVILEGE = nist(
    *("AC-2", "AC-2(1)", "AC-3", "AC-3(15)", "AC-3(7)", "AC-5", "AC-6", "AC-6(10)", "AC-6(2)", "AC-6(3)")
)
"""What the controls about policies that allow too much are required by."""

LEAST_DECRYPTION = nist("AC-2", "AC-2(1)", "AC-3", "AC-3(15)", "AC-3(7)", "AC-5", "AC-6", "AC-6(3)")
"""What the controls about policies that allow decryption are required by."""
