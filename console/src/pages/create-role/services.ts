/** Services that people make roles for, by their principals. Any other can be entered. */
export const COMMON_SERVICES: { principal: string; name: string; use: string }[] = [
  { principal: "ec2.amazonaws.com", name: "EC2", use: "Allows EC2 instances to call AWS services on your behalf." },
  { principal: "lambda.amazonaws.com", name: "Lambda", use: "Allows Lambda functions to call AWS services." },
  { principal: "apigateway.amazonaws.com", name: "API Gateway", use: "Allows API Gateway to push logs." },
  { principal: "backup.amazonaws.com", name: "Backup", use: "Allows AWS Backup to create and restore backups." },
  { principal: "batch.amazonaws.com", name: "Batch", use: "Allows AWS Batch to manage compute environments." },
  { principal: "cloudformation.amazonaws.com", name: "CloudFormation", use: "Allows stacks to manage resources." },
  { principal: "cloudtrail.amazonaws.com", name: "CloudTrail", use: "Allows CloudTrail to deliver events to logs." },
  { principal: "codebuild.amazonaws.com", name: "CodeBuild", use: "Allows builds to call AWS services." },
  { principal: "codedeploy.amazonaws.com", name: "CodeDeploy", use: "Allows deployments to call AWS services." },
  { principal: "codepipeline.amazonaws.com", name: "CodePipeline", use: "Allows pipelines to call AWS services." },
  { principal: "config.amazonaws.com", name: "Config", use: "Allows AWS Config to look at resources." },
  {
    principal: "ecs-tasks.amazonaws.com",
    name: "Elastic Container Service Task",
    use: "Allows ECS tasks to call AWS.",
  },
  { principal: "eks.amazonaws.com", name: "EKS - Cluster", use: "Allows clusters to manage resources." },
  { principal: "pods.eks.amazonaws.com", name: "EKS - Pod Identity", use: "Allows pods to call AWS services." },
  { principal: "events.amazonaws.com", name: "EventBridge", use: "Allows rules to invoke their targets." },
  { principal: "scheduler.amazonaws.com", name: "EventBridge Scheduler", use: "Allows schedules to invoke targets." },
  { principal: "firehose.amazonaws.com", name: "Data Firehose", use: "Allows streams to deliver data." },
  { principal: "glue.amazonaws.com", name: "Glue", use: "Allows Glue jobs to call AWS services." },
  { principal: "monitoring.rds.amazonaws.com", name: "RDS - Enhanced Monitoring", use: "Allows RDS to send metrics." },
  { principal: "rds.amazonaws.com", name: "RDS", use: "Allows RDS to call AWS services on your behalf." },
  { principal: "redshift.amazonaws.com", name: "Redshift", use: "Allows clusters to call AWS services." },
  { principal: "s3.amazonaws.com", name: "S3", use: "Allows S3 to replicate objects." },
  { principal: "sagemaker.amazonaws.com", name: "SageMaker", use: "Allows notebooks and models to call AWS services." },
  { principal: "ssm.amazonaws.com", name: "Systems Manager", use: "Allows Systems Manager to run automations." },
  { principal: "states.amazonaws.com", name: "Step Functions", use: "Allows state machines to call AWS services." },
  { principal: "vpc-flow-logs.amazonaws.com", name: "VPC Flow Logs", use: "Allows flow logs to be published." },
];

/** Instances take their role by an instance profile, which comes into being with it. */
export const EC2 = "ec2.amazonaws.com";
