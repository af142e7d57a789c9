"""A made-up company's resources, and the actions on them: what the rules of the workloads speak of."""

from dataclasses import dataclass
from random import Random

from benches.rules import ACCOUNT

TEAMS = ("payments", "search", "billing", "identity", "mobile", "fraud", "ledger", "catalog", "shipping", "media")
STAGES = ("prod", "staging", "dev")
THINGS = ("orders", "events", "invoices", "images", "sessions", "reports", "exports", "backups", "metrics", "uploads")
REGIONS = ("eu-west-1", "eu-central-1", "us-east-1")
HOME_REGION = REGIONS[0]


@dataclass(frozen=True)
class Service:
    """One kind of resource: its ARN with `{name}` in it, and what can be done to it."""

    prefix: str
    arn: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    rules: tuple[str, ...]
    """The actions that few should have."""

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(f"{self.prefix}:{action}" for action in (*self.reads, *self.writes, *self.rules))

    def arn_of(self, name: str) -> str:
        return self.arn.format(name=name)


def _service(prefix: str, arn: str, reads: str, writes: str, rules: str) -> Service:
    return Service(prefix, arn, tuple(reads.split()), tuple(writes.split()), tuple(rules.split()))


_HERE = f"{HOME_REGION}:{ACCOUNT}"
SERVICES = (
    _service(
        "s3",
        "arn:aws:s3:::{name}/data.bin",
        "GetObject GetObjectTagging GetObjectVersion",
        "PutObject PutObjectTagging AbortMultipartUpload",
        "DeleteObject DeleteObjectVersion PutObjectAcl",
    ),
    _service(
        "s3",
        "arn:aws:s3:::{name}",
        "ListBucket GetBucketLocation GetBucketTagging",
        "PutBucketTagging PutLifecycleConfiguration",
        "DeleteBucket PutBucketPolicy PutBucketPublicAccessBlock",
    ),
    _service(
        "dynamodb",
        f"arn:aws:dynamodb:{_HERE}:table/{{name}}",
        "GetItem BatchGetItem Query Scan DescribeTable",
        "PutItem UpdateItem DeleteItem BatchWriteItem",
        "CreateTable DeleteTable UpdateTable",
    ),
    _service(
        "sqs",
        f"arn:aws:sqs:{_HERE}:{{name}}",
        "ReceiveMessage GetQueueAttributes GetQueueUrl",
        "SendMessage DeleteMessage ChangeMessageVisibility",
        "DeleteQueue PurgeQueue SetQueueAttributes",
    ),
    _service(
        "sns",
        f"arn:aws:sns:{_HERE}:{{name}}",
        "GetTopicAttributes ListSubscriptionsByTopic",
        "Publish Subscribe",
        "DeleteTopic AddPermission SetTopicAttributes",
    ),
    _service(
        "lambda",
        f"arn:aws:lambda:{_HERE}:function:{{name}}",
        "GetFunction GetFunctionConfiguration ListTags",
        "InvokeFunction UpdateFunctionCode",
        "DeleteFunction AddPermission UpdateFunctionConfiguration",
    ),
    _service(
        "logs",
        f"arn:aws:logs:{_HERE}:log-group:/aws/lambda/{{name}}",
        "GetLogEvents FilterLogEvents DescribeLogStreams",
        "CreateLogStream PutLogEvents",
        "DeleteLogGroup PutRetentionPolicy",
    ),
    _service(
        "secretsmanager",
        f"arn:aws:secretsmanager:{_HERE}:secret:{{name}}",
        "GetSecretValue DescribeSecret",
        "PutSecretValue UpdateSecret",
        "DeleteSecret PutResourcePolicy RotateSecret",
    ),
    _service(
        "kms",
        f"arn:aws:kms:{_HERE}:key/{{name}}",
        "DescribeKey GetKeyPolicy",
        "Encrypt Decrypt GenerateDataKey",
        "DisableKey ScheduleKeyDeletion PutKeyPolicy",
    ),
    _service(
        "ec2",
        f"arn:aws:ec2:{_HERE}:instance/{{name}}",
        "DescribeInstanceAttribute GetConsoleOutput",
        "StartInstances StopInstances RebootInstances",
        "TerminateInstances ModifyInstanceAttribute",
    ),
    _service(
        "iam",
        f"arn:aws:iam::{ACCOUNT}:role/{{name}}",
        "GetRole ListRolePolicies GetRolePolicy",
        "PassRole TagRole",
        "CreateRole DeleteRole AttachRolePolicy PutRolePolicy UpdateAssumeRolePolicy",
    ),
)
ACTIONS = tuple(dict.fromkeys(action for service in SERVICES for action in service.actions))


def name_of(random: Random, numbers: int = 0) -> str:
    """Return a resource's name such as `payments-prod-orders`, with one of so many numbers after it."""
    name = f"{random.choice(TEAMS)}-{random.choice(STAGES)}-{random.choice(THINGS)}"
    return f"{name}-{random.randrange(numbers):0{len(str(numbers - 1))}}" if numbers else name
