"""What the tests of the directory take as given."""

from datetime import UTC, datetime

from ostiary.values.identifiers import AccountId

ACCOUNT = AccountId("111122223333")
OTHER_ACCOUNT = AccountId("444455556666")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
DOCUMENT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}'
