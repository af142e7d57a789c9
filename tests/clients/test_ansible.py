"""Ansible's amazon.aws collection: playbooks whose second run must find nothing to change."""

import re
from typing import Any

from tests.clients.tools import HERE, REPOSITORY, installed
from tests.conftest import RunningServer

ENVIRONMENT = REPOSITORY / ".venv-clients-ansible"
OPTIONS = {
    "ANSIBLE_COLLECTIONS_PATH": str(ENVIRONMENT / "collections"),
    "ANSIBLE_LOCALHOST_WARNING": "False",
    "ANSIBLE_NOCOLOR": "True",
    "ANSIBLE_PIPELINING": "True",
    "ANSIBLE_DEPRECATION_WARNINGS": "False",
}


def play(server: RunningServer, name: str) -> int:
    """Run a playbook and return how many of its tasks changed something."""
    words = ["--inventory", "localhost,", "--connection", "local", str(HERE / "ansible" / name)]
    facts = {"account": server.account_id, "ansible_python_interpreter": str(ENVIRONMENT / "bin" / "python")}
    for fact, value in facts.items():
        words += ["--extra-vars", f"{fact}={value}"]
    printed = installed("ansible", "ansible-playbook").run(server, server.admin, *words, **OPTIONS)
    recap = re.search(r"^localhost .*changed=(\d+) .*failed=0 ", printed, re.MULTILINE)
    assert recap, printed
    return int(recap[1])


def test_a_playbook_sets_an_account_up_and_takes_it_down(server: RunningServer, iam: Any) -> None:
    before = everything(iam)
    assert play(server, "account.yml") == 9
    user = iam.get_user(UserName="ansible-red")["User"]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == "arn:aws:iam::aws:policy/PowerUserAccess"
    assert iam.get_account_password_policy()["PasswordPolicy"]["MinimumPasswordLength"] == 14
    assert play(server, "account.yml") == 0
    assert play(server, "use.yml") == 6
    assert play(server, "teardown.yml") == 6
    assert play(server, "teardown.yml") == 0
    assert everything(iam) == before


def everything(iam: Any) -> dict[str, int]:
    summary: dict[str, int] = iam.get_account_summary()["SummaryMap"]
    return summary
