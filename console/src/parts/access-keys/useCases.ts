/** What an access key is wanted for, and what is better than one there. */
export interface UseCase {
  value: string;
  label: string;
  description: string;
  alternative: string;
}

export const USE_CASES: UseCase[] = [
  {
    value: "cli",
    label: "Command Line Interface (CLI)",
    description: "You plan to use this access key to enable the AWS CLI to access your account.",
    alternative:
      "Sign in with `ostiary login` instead: it gives the AWS CLI credentials that expire, and that know of your second factor.",
  },
  {
    value: "code",
    label: "Local code",
    description: "You plan to use this access key to enable application code in a local development environment.",
    alternative: "SDKs take the credentials that `ostiary login` gives, too. They expire by themselves.",
  },
  {
    value: "workload",
    label: "Application with an identity of its own",
    description: "You plan to use this access key in a program whose platform gives it a token, as CI systems do.",
    alternative: "Let it assume a role with that token: add an identity provider, and a role that trusts it.",
  },
  {
    value: "third-party",
    label: "Third-party service",
    description:
      "You plan to use this access key to enable a third-party application or service to access your account.",
    alternative: "Let the service assume a role, with an external ID that it alone knows.",
  },
  {
    value: "other",
    label: "Other",
    description: "Your use case is not listed here.",
    alternative:
      "Keep the key out of code, give its user the least permissions that will do, and rotate the key regularly.",
  },
];
