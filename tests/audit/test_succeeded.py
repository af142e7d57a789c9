"""What was done is found behind whatever only looks like it."""

from pathlib import Path

from ostiary.audit.succeeded import succeeded_calls
from tests.audit.recorded import ACCOUNT, happened, recorded, write

NAME, SOURCE = "UpdateAccountPasswordPolicy", "iam.amazonaws.com"


def test_only_what_succeeded_counts_however_much_looks_like_it(tmp_path: Path) -> None:
    def event(
        number: int, said: int, *, source: str = SOURCE, error: str | None = None, account: str = ACCOUNT
    ) -> None:
        made = happened(number, account, name=NAME, source=source, error_code=error, body={"said": said})
        write(store, made)

    with recorded(tmp_path) as store:
        # More than are read at a time, of what counts and of what does not.
        for number in range(60):
            event(1_000 + number, number)
        for number in range(60):
            event(2_000 + number, -1, error="SignatureDoesNotMatch")
            event(3_000 + number, -1, source="ec2.amazonaws.com")
        event(4_000, -1, account="444455556666")
        event(5_000, -1)
        with store.read() as connection:
            found = list(succeeded_calls(connection, ACCOUNT, NAME, SOURCE, before=f"{ACCOUNT}-{5_000:06}"))
    assert found == [f'{{"said":{number}}}' for number in reversed(range(60))]
