"""What the rest of IAM's nouns are kept in, and which roles trust whom."""

import json
import re

import sqlalchemy as sa
from alembic import op

from ostiary.store.columns import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ORDERED = ("memberships", "attachments", "inline_policies", "tags")

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_PRINCIPAL = re.compile(r"arn:[^:]*:iam::[0-9]{12}:(?:user|role)/.{1,600}")


def upgrade() -> None:  # noqa: PLR0915 - a statement a table
    _add_positions()
    op.create_table(
        "access_reports",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("job_id", sa.String(length=36), nullable=False),
        sa.Column(
            "owner_id",
            sa.String(length=128),
            nullable=False,
            comment="the unique ID of who asked, with the session's name",
        ),
        sa.Column("arn", sa.String(length=2048), nullable=False, comment="what is reported on"),
        sa.Column("granularity", sa.String(length=16), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="as JSON"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_access_reports_account_id")),
        sa.PrimaryKeyConstraint("account_id", "job_id", name=op.f("pk_access_reports")),
    )
    op.create_index(op.f("ix_access_reports_account_id_owner_id"), "access_reports", ["account_id", "owner_id"])
    op.create_table(
        "account_properties",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False, comment="Namespace/PropertyName"),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_account_properties_account_id")),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_account_properties")),
    )
    op.create_table(
        "credential_reports",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("generated_at", Moment(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False, comment="somebody was told that it is complete"),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_credential_reports_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_credential_reports")),
    )
    op.create_table(
        "mfa_devices",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("device_id", sa.String(length=32), nullable=False, comment="ours alone: what tags hang on"),
        sa.Column("serial_number", sa.String(length=256), nullable=False, comment="the ARN"),
        sa.Column("serial_key", sa.String(length=256), nullable=False, comment="the ARN in lower case"),
        sa.Column("name", sa.String(length=226), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column(
            "owner_id",
            sa.String(length=32),
            nullable=True,
            comment="the user's unique ID, or the account's for its root user",
        ),
        sa.Column("enabled_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("sealed_seed", sa.LargeBinary(), nullable=True, comment="of a virtual device"),
        sa.Column(
            "last_step",
            sa.BigInteger(),
            nullable=True,
            comment="the time step of the last code that was taken; none up to it is again",
        ),
        sa.Column(
            "drift", sa.Integer(), server_default="0", nullable=False, comment="time steps that the device is ahead"
        ),
        sa.Column(
            "passkey", sa.Text(), nullable=True, comment="of a FIDO device: its public key, counter and facts as JSON"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_mfa_devices_account_id")),
        sa.PrimaryKeyConstraint("account_id", "device_id", name=op.f("pk_mfa_devices")),
        sa.UniqueConstraint("account_id", "serial_key", name=op.f("uq_mfa_devices_account_id_serial_key")),
    )
    with op.batch_alter_table("mfa_devices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mfa_devices_account_id_owner_id"), ["account_id", "owner_id"], unique=False
        )

    op.create_table(
        "oidc_providers",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False, comment="ours alone: what tags hang on"),
        sa.Column("url", sa.String(length=255), nullable=False, comment="without https://"),
        sa.Column("client_ids", sa.Text(), nullable=False, comment="as a JSON list"),
        sa.Column("thumbprints", sa.Text(), nullable=False, comment="as a JSON list"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_oidc_providers_account_id")),
        sa.PrimaryKeyConstraint("account_id", "provider_id", name=op.f("pk_oidc_providers")),
        sa.UniqueConstraint("account_id", "url", name=op.f("uq_oidc_providers_account_id_url")),
    )
    op.create_table(
        "outbound_federation",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("issuer_id", sa.String(length=64), nullable=False, comment="the last part of the issuer's URL"),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("sealed_keys", sa.LargeBinary(), nullable=False, comment="signing keys as JSON"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name=op.f("fk_outbound_federation_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_outbound_federation")),
        sa.UniqueConstraint("issuer_id", name=op.f("uq_outbound_federation_issuer_id")),
    )
    op.create_table(
        "password_policies",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("minimum_length", sa.Integer(), nullable=False),
        sa.Column("require_symbols", sa.Boolean(), nullable=False),
        sa.Column("require_numbers", sa.Boolean(), nullable=False),
        sa.Column("require_uppercase", sa.Boolean(), nullable=False),
        sa.Column("require_lowercase", sa.Boolean(), nullable=False),
        sa.Column("allow_users_to_change", sa.Boolean(), nullable=False),
        sa.Column("max_age", sa.Integer(), nullable=True, comment="days; null when passwords do not expire"),
        sa.Column(
            "reuse_prevention",
            sa.Integer(),
            nullable=True,
            comment="how many of a user's last passwords may not be used again",
        ),
        sa.Column("hard_expiry", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_password_policies_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_password_policies")),
    )
    op.create_table(
        "quotas",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("quota", sa.String(length=64), nullable=False, comment="by AWS's name"),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_quotas_account_id")),
        sa.PrimaryKeyConstraint("account_id", "quota", name=op.f("pk_quotas")),
    )
    op.create_table(
        "aws_policies",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column(
            "arn",
            sa.String(length=2048),
            nullable=False,
            comment="of a policy of AWS's that the account has as AWS once had it",
        ),
        sa.Column("policy_id", sa.String(length=32), nullable=False),
        sa.Column("default_version", sa.Integer(), nullable=False),
        sa.Column("attachable", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_aws_policies_account_id")),
        sa.PrimaryKeyConstraint("account_id", "arn", name=op.f("pk_aws_policies")),
    )
    op.create_table(
        "aws_policy_versions",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("arn", sa.String(length=2048), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "arn"],
            ["aws_policies.account_id", "aws_policies.arn"],
            name=op.f("fk_aws_policy_versions_account_id_arn"),
        ),
        sa.PrimaryKeyConstraint("account_id", "arn", "version", name=op.f("pk_aws_policy_versions")),
    )
    op.create_table(
        "role_deletions",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("task_id", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True, comment="why it failed, as JSON"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_role_deletions_account_id")),
        sa.PrimaryKeyConstraint("account_id", "task_id", name=op.f("pk_role_deletions")),
    )
    op.create_table(
        "saml_providers",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("provider_id", sa.String(length=32), nullable=False, comment="ours alone: what tags hang on"),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("uuid", sa.String(length=64), nullable=False),
        sa.Column("metadata", sa.Text(), nullable=False),
        sa.Column("valid_until", Moment(), nullable=True),
        sa.Column("assertion_encryption", sa.String(length=16), nullable=True),
        sa.Column("sealed_private_keys", sa.LargeBinary(), nullable=True, comment="key IDs, times and keys as JSON"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_saml_providers_account_id")),
        sa.PrimaryKeyConstraint("account_id", "provider_id", name=op.f("pk_saml_providers")),
        sa.UniqueConstraint("account_id", "name_key", name=op.f("uq_saml_providers_account_id_name_key")),
    )
    op.create_table(
        "server_certificates",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("certificate_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=True),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name=op.f("fk_server_certificates_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "certificate_id", name=op.f("pk_server_certificates")),
        sa.UniqueConstraint("account_id", "name_key", name=op.f("uq_server_certificates_account_id_name_key")),
    )
    op.create_table(
        "signing_certificates",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("certificate_id", sa.String(length=32), nullable=False),
        sa.Column(
            "owner_id",
            sa.String(length=32),
            nullable=False,
            comment="the user's unique ID, or the account's for its root user",
        ),
        sa.Column("digest", sa.String(length=64), nullable=False, comment="SHA-256 of the certificate, in hexadecimal"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.account_id"], name=op.f("fk_signing_certificates_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", "certificate_id", name=op.f("pk_signing_certificates")),
        sa.UniqueConstraint("account_id", "digest", name=op.f("uq_signing_certificates_account_id_digest")),
    )
    with op.batch_alter_table("signing_certificates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signing_certificates_account_id_owner_id"), ["account_id", "owner_id"], unique=False
        )

    op.create_table(
        "former_passwords",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="goes up with each password"),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["users.account_id", "users.user_id"],
            name=op.f("fk_former_passwords_account_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", "number", name=op.f("pk_former_passwords")),
    )
    op.create_table(
        "instance_profiles",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("instance_profile_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("path", sa.String(length=512), nullable=False),
        sa.Column("role_id", sa.String(length=32), nullable=True, comment="of its only role"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "role_id"],
            ["roles.account_id", "roles.role_id"],
            name=op.f("fk_instance_profiles_account_id_role_id"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name=op.f("fk_instance_profiles_account_id")),
        sa.PrimaryKeyConstraint("account_id", "instance_profile_id", name=op.f("pk_instance_profiles")),
        sa.UniqueConstraint("account_id", "name_key", name=op.f("uq_instance_profiles_account_id_name_key")),
    )
    with op.batch_alter_table("instance_profiles", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instance_profiles_account_id_role_id"), ["account_id", "role_id"], unique=False
        )

    op.create_table(
        "service_credentials",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("credential_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=128), nullable=False, comment="such as codecommit.amazonaws.com"),
        sa.Column(
            "service_user_name", sa.String(length=200), nullable=False, comment="what goes with the password or secret"
        ),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["users.account_id", "users.user_id"],
            name=op.f("fk_service_credentials_account_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "credential_id", name=op.f("pk_service_credentials")),
        sa.UniqueConstraint(
            "account_id",
            "service",
            "service_user_name",
            name=op.f("uq_service_credentials_account_id_service_service_user_name"),
        ),
    )
    with op.batch_alter_table("service_credentials", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_service_credentials_account_id_user_id"), ["account_id", "user_id"], unique=False
        )

    op.create_table(
        "ssh_public_keys",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=48), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["users.account_id", "users.user_id"],
            name=op.f("fk_ssh_public_keys_account_id_user_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "key_id", name=op.f("pk_ssh_public_keys")),
    )
    with op.batch_alter_table("ssh_public_keys", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ssh_public_keys_account_id_user_id"), ["account_id", "user_id"], unique=False
        )

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "root_password_changed_at", Moment(), nullable=True, comment="null while it is the account's first"
            )
        )
        batch_op.add_column(sa.Column("root_password_last_used_at", Moment(), nullable=True))
        batch_op.add_column(sa.Column("global_token_version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "principal_id",
                sa.String(length=32),
                nullable=True,
                comment="the unique ID of the user or role behind the caller",
            )
        )
        batch_op.create_index(
            "ix_events_last_accessed",
            ["account_id", "principal_id", "event_source", "event_name", "event_time"],
            unique=False,
        )

    with op.batch_alter_table("login_profiles", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "changed_at",
                Moment(),
                nullable=True,
                comment="when the password was last set; null until it was set anew",
            )
        )

    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "service",
                sa.String(length=128),
                nullable=True,
                comment="the service that a service-linked role is linked to",
            )
        )

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_last_used_at", Moment(), nullable=True))
        batch_op.create_index(batch_op.f("ix_users_account_id_path"), ["account_id", "path"], unique=False)

    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_account_id_group_id"))
        batch_op.create_index(
            batch_op.f("ix_memberships_account_id_group_id_user_id"),
            ["account_id", "group_id", "user_id"],
            unique=False,
        )

    op.create_table(
        "trust_principals",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("role_id", sa.String(length=32), nullable=False),
        sa.Column(
            "principal",
            sa.String(length=2048),
            nullable=False,
            comment="a user's or role's ARN that stands in the trust policy",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "role_id"],
            ["roles.account_id", "roles.role_id"],
            name=op.f("fk_trust_principals_account_id_role_id"),
        ),
        sa.PrimaryKeyConstraint("account_id", "role_id", "principal", name=op.f("pk_trust_principals")),
    )
    with op.batch_alter_table("trust_principals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trust_principals_principal"), ["principal"], unique=False)
    _note_principals()


def _note_principals() -> None:
    """Note whom the roles that there are trust."""
    connection = op.get_bind()
    roles = connection.execute(sa.text("SELECT account_id, role_id, trust_policy FROM roles")).all()
    noted = [
        {"account": role.account_id, "role": role.role_id, "principal": principal}
        for role in roles
        for principal in {json.loads(string, strict=False) for string in _STRING.findall(role.trust_policy)}
        if _PRINCIPAL.fullmatch(principal)
    ]
    if noted:
        insert = "INSERT INTO trust_principals (account_id, role_id, principal) VALUES (:account, :role, :principal)"
        connection.execute(sa.text(insert), noted)


def _add_positions() -> None:
    for table in _ORDERED:
        op.add_column(
            table,
            sa.Column(
                "position", sa.Integer(), nullable=True, comment="among its like, of what was imported; null sorts last"
            ),
        )


def downgrade() -> None:
    for table in _ORDERED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("position")
    with op.batch_alter_table("trust_principals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trust_principals_principal"))

    op.drop_table("trust_principals")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_account_id_group_id_user_id"))
        batch_op.create_index(
            batch_op.f("ix_memberships_account_id_group_id"), ["account_id", "group_id"], unique=False
        )

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_users_account_id_path"))
        batch_op.drop_column("password_last_used_at")

    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_column("service")

    with op.batch_alter_table("login_profiles", schema=None) as batch_op:
        batch_op.drop_column("changed_at")

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_last_accessed")
        batch_op.drop_column("principal_id")

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("global_token_version")
        batch_op.drop_column("root_password_last_used_at")
        batch_op.drop_column("root_password_changed_at")

    with op.batch_alter_table("ssh_public_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ssh_public_keys_account_id_user_id"))

    op.drop_table("ssh_public_keys")
    with op.batch_alter_table("service_credentials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_credentials_account_id_user_id"))

    op.drop_table("service_credentials")
    with op.batch_alter_table("instance_profiles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instance_profiles_account_id_role_id"))

    op.drop_table("instance_profiles")
    op.drop_table("former_passwords")
    with op.batch_alter_table("signing_certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signing_certificates_account_id_owner_id"))

    op.drop_table("signing_certificates")
    op.drop_table("server_certificates")
    op.drop_table("saml_providers")
    op.drop_table("role_deletions")
    op.drop_table("aws_policy_versions")
    op.drop_table("aws_policies")
    op.drop_table("quotas")
    op.drop_table("password_policies")
    op.drop_table("outbound_federation")
    op.drop_table("oidc_providers")
    with op.batch_alter_table("mfa_devices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mfa_devices_account_id_owner_id"))

    op.drop_table("mfa_devices")
    op.drop_table("credential_reports")
    op.drop_table("account_properties")
    op.drop_table("access_reports")
