"""Setting up an installation: the account, its root user and the first administrator."""

import re
import secrets
from dataclasses import dataclass

from ostiary.audit import begin_trail
from ostiary.credentials import generate_password, hash_password
from ostiary.directory import accounts, attachments, groups, keys, login_profiles, policies, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.vault import open_vault
from ostiary.values.clock import Clock
from ostiary.values.identifiers import AccountId
from ostiary.wire import Route, WireError, validate

DEFAULT_ROOT_EMAIL = "root@localhost"
DEFAULT_ADMIN_USER = "admin"

_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
_ADMINISTRATORS = "Administrators"
_ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"


@dataclass(frozen=True, slots=True)
class SetupRequest:
    """What the operator asked for; None where the choice is left to us."""

    account_id: AccountId | None = None
    account_alias: str | None = None
    root_email: str = DEFAULT_ROOT_EMAIL
    root_password: str | None = None
    admin_user: str = DEFAULT_ADMIN_USER


@dataclass(frozen=True, slots=True)
class Admin:
    """The first administrator."""

    user_name: str
    password: str
    access_key_id: str
    secret_access_key: str


@dataclass(frozen=True, slots=True)
class SetupResult:
    """What is shown once, when an account has been set up."""

    account_id: AccountId
    root_email: str
    root_password: str | None
    """None when the operator chose it."""
    admin: Admin


def has_account(home: DataDirectory) -> bool:
    """Tell whether an account has been set up in the data directory; an older version's database is brought up to date.

    Raises:
        SchemaMismatch: the database is a newer version's.
    """
    if not home.has_database:
        return False
    store = home.open_store()
    try:
        if store.schema_revision() is None:
            return False
        store.upgrade_schema()
        vault = open_vault(home.master_key())
        with store.read() as connection:
            return accounts.has_accounts(Directory(connection, vault.sealer, vault.tokens))
    finally:
        store.close()


def set_up_account(home: DataDirectory, request: SetupRequest, clock: Clock) -> SetupResult:
    """Create the account, its root user and the first administrator, all or nothing, in a locked data directory.

    The root user gets a password and no access key. The administrator is an IAM user in the group `Administrators`,
    to which AdministratorAccess is attached, and has a password (to be changed at first sign-in) and an access key.

    Raises:
        SetupError: the directory holds an account already, or cannot be written, or a name is none that IAM takes.
        StoreError: the database cannot be used.
    """
    _require_good_names(request)
    if has_account(home):
        raise SetupError(f"the data directory {home.path} already holds an account")
    store = home.open_store()
    try:
        if store.schema_revision() is None:
            store.create_schema()
        vault = open_vault(home.master_key())
        root_password = request.root_password or generate_password()
        root_hash = hash_password(root_password)
        with store.write() as connection:
            directory = Directory(connection, vault.sealer, vault.tokens)
            account = request.account_id or AccountId(f"{secrets.randbelow(9 * 10**11) + 10**11}")
            now = clock()
            accounts.create_account(
                directory,
                account,
                root_email=request.root_email,
                root_password_hash=root_hash,
                root_must_change_password=request.root_password is None,
                alias=request.account_alias,
                now=now,
            )
            admin = _create_admin(directory, account, request.admin_user, clock)
            # The trail begins with the account: one that begins later shows that it was taken away.
            begin_trail(connection, vault.sealer, account)
    finally:
        store.close()
    shown_password = None if request.root_password else root_password
    return SetupResult(account, request.root_email, shown_password, admin)


def _require_good_names(request: SetupRequest) -> None:
    """Hold the operator's names to the rules that the API holds everybody's to."""
    if not _EMAIL.fullmatch(request.root_email):
        raise SetupError(f"not an e-mail address: {request.root_email}")
    try:
        validate(Route("iam", "CreateUser", "query"), {"UserName": request.admin_user})
        if request.account_alias is not None:
            validate(Route("iam", "CreateAccountAlias", "query"), {"AccountAlias": request.account_alias})
    except WireError as error:
        raise SetupError(error.message) from error


def _create_admin(directory: Directory, account: AccountId, name: str, clock: Clock) -> Admin:
    now = clock()
    user = users.create_user(directory, account, name, now=now)
    group = groups.create_group(directory, account, _ADMINISTRATORS, now=now)
    policy = policies.get_attachable_policy(directory, account, _ADMINISTRATOR_ACCESS)
    attachments.attach_policy(directory, account, group.group_id, policy, Quota.ATTACHED_POLICIES_PER_GROUP)
    groups.add_member(directory, group, user)
    password = generate_password()
    login_profiles.create_login_profile(
        directory, user, password_hash=hash_password(password), must_change=True, now=now
    )
    key, secret = keys.create_access_key(directory, account, user, now=now)
    return Admin(name, password, key.access_key_id, secret.reveal())
