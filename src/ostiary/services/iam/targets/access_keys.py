"""Access keys, which are decided on under the user who owns them."""

from collections.abc import Iterable

from ostiary.directory import keys, users
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.contexts import resource_tags
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn, root_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def key_owner(action: str) -> Needs:
    """The user who owns the access key named by `AccessKeyId`."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        shown_as = f"access key {parameters['AccessKeyId']}"
        key = keys.find_access_key(directory, parameters["AccessKeyId"])
        if key is None or key.account != caller.account:
            yield Need(action, iam_arn(caller.account, "user", "/", "*"), shown_as=shown_as)
        elif key.user_id is None:
            yield Need(action, root_arn(caller.account), shown_as=shown_as)
        else:
            owner = users.get_user_by_id(directory, caller.account, key.user_id)
            tagged = resource_tags(directory, caller.account, owner.user_id, Tagged.USER)
            yield Need(action, owner.arn, tagged, shown_as=shown_as)

    return needs
