"""Ways from the permissions that a policy gives to all permissions, by the actions that each takes.

Each is a fact about what the actions do: they change policies, credentials or trust, run code as a role that is
passed, or as one that something has already.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html for passing roles;
https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/ and https://pathfinding.cloud for the
ways that people have found.
"""

from collections.abc import Iterator

from ostiary.governance.controls.documents import is_allowed
from ostiary.policy import CompiledPolicy

ALONE = (
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:DeleteUserPermissionsBoundary",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
    "apprunner:UpdateService",
    "batch:SubmitJob",
    "bedrock-agentcore:InvokeAgentRuntimeCommand",
    "cloudformation:UpdateStack",
    "codebuild:StartBuild",
    "codebuild:StartBuildBatch",
    "glue:UpdateDevEndpoint",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "ssm:SendCommand",
    "ssm:StartSession",
    "sso:AttachManagedPolicyToPermissionSet",
    "sso:PutInlinePolicyToPermissionSet",
)
"""Actions each of which is enough."""

TOGETHER = (
    ("sts:AssumeRole", "iam:DeleteRolePermissionsBoundary"),
    ("bedrock-agentcore:StartBrowserSession", "bedrock-agentcore:ConnectBrowserAutomationStream"),
    ("bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"),
    ("cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
    ("codedeploy:CreateDeployment", "codedeploy:RegisterApplicationRevision", "codedeploy:GetDeploymentConfig"),
    ("ec2-instance-connect:SendSSHPublicKey", "ec2:DescribeInstances"),
    ("ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"),
    ("ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
    ("ecs:ExecuteCommand", "ecs:DescribeTasks"),
    (
        "sagemaker:CreateNotebookInstanceLifecycleConfig",
        "sagemaker:StopNotebookInstance",
        "sagemaker:UpdateNotebookInstance",
        "sagemaker:StartNotebookInstance",
    ),
    ("states:UpdateStateMachine", "states:StartExecution"),
)
"""Actions that are enough together."""

_PASSING = "iam:PassRole"

WITH_PASS_ROLE = (
    ("apprunner:CreateService",),
    ("autoscaling:CreateAutoScalingGroup", "autoscaling:CreateLaunchConfiguration"),
    ("autoscaling:UpdateAutoScalingGroup", "autoscaling:CreateLaunchConfiguration"),
    ("batch:RegisterJobDefinition", "batch:SubmitJob"),
    ("braket:CreateJob",),
    ("cloudformation:CreateStack",),
    ("cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"),
    ("cloudformation:UpdateStackSet",),
    ("codestar:CreateProject",),
    ("cognito-identity:SetIdentityPoolRoles",),
    ("datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"),
    ("ec2:RequestSpotInstances",),
    ("ec2:RunInstances",),
    ("ecs:RegisterTaskDefinition", "ecs:CreateService"),
    ("ecs:RunTask",),
    ("ecs:StartTask",),
    ("elasticmapreduce:RunJobFlow",),
    ("emr-serverless:CreateApplication", "emr-serverless:StartJobRun"),
    ("gamelift:CreateBuild", "gamelift:CreateFleet", "gamelift:RequestUploadCredentials"),
    ("glue:CreateDevEndpoint",),
    ("glue:CreateJob", "glue:CreateTrigger"),
    ("glue:CreateJob", "glue:StartJobRun"),
    ("glue:CreateSession", "glue:RunStatement"),
    ("glue:UpdateJob", "glue:CreateTrigger"),
    ("glue:UpdateJob", "glue:StartJobRun"),
    (
        "imagebuilder:CreateComponent",
        "imagebuilder:CreateImageRecipe",
        "imagebuilder:CreateInfrastructureConfiguration",
        "imagebuilder:CreateImage",
    ),
    ("kinesisanalytics:CreateApplication", "kinesisanalytics:StartApplication"),
    ("lambda:CreateFunction", "lambda:AddPermission"),
    ("lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
    ("lambda:CreateFunction", "lambda:InvokeFunction"),
    ("omics:CreateWorkflow", "omics:StartRun", "s3:GetObject"),
    ("sagemaker:CreateNotebookInstance",),
    ("sagemaker:CreateProcessingJob",),
    ("sagemaker:CreateTrainingJob",),
    ("scheduler:CreateSchedule",),
    ("ssm:CreateDocument", "ssm:StartAutomationExecution"),
    ("states:CreateStateMachine", "states:StartExecution"),
)
"""Actions that are enough together with passing a role to a service."""

_WAYS = (
    *((action,) for action in ALONE),
    *TOGETHER,
    *((_PASSING, *actions) for actions in WITH_PASS_ROLE),
)

_SHOWN = 3


def find_escalation(policy: CompiledPolicy) -> str | None:
    """Return by which actions whoever has a policy could get all permissions, or None."""
    ways = list(_open_ways(policy))
    if not ways:
        return None
    shown = ", ".join(" with ".join(way) for way in ways[:_SHOWN])
    more = f" and {len(ways) - _SHOWN} other ways" if len(ways) > _SHOWN else ""
    return f"allows to get all permissions by {shown}{more}"


def _open_ways(policy: CompiledPolicy) -> Iterator[tuple[str, ...]]:
    return (way for way in _WAYS if all(is_allowed(policy, action) for action in way))
