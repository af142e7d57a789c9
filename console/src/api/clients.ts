import type { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { IAMClient } from "@aws-sdk/client-iam";
import type { STSClient } from "@aws-sdk/client-sts";
import { Sha256Js } from "@smithy/core/checksum";
import { describe } from "#/api/refusal";
import { pageCredentials } from "#/api/signIn";

/** Credentials for the page, as AWS's SDK asks for them: anew when they are about to expire. */
export async function credentials() {
  try {
    const { expiration, ...keys } = await pageCredentials();
    return { ...keys, expiration: new Date(expiration) };
  } catch (error) {
    if (describe(error).code === "NotSignedIn") tellSignedOut();
    throw error;
  }
}

const configuration = {
  region: "us-east-1",
  endpoint: window.location.origin,
  credentials,
  maxAttempts: 3,
  // The browser's own hashing is there on secure origins only; the console may be on another.
  sha256: Sha256Js,
};

/** IAM, in the name of who is signed in. Every page needs it; the other services are loaded when they are asked. */
export const iam = new IAMClient(configuration);
iam.middlewareStack.add((next) => async (args) => watch(next(args)), { step: "finalizeRequest", priority: "low" });

export const sts = once(async (): Promise<STSClient> => {
  const { STSClient } = await import("@aws-sdk/client-sts");
  return new STSClient(configuration);
});

export const cloudTrail = once(async (): Promise<CloudTrailClient> => {
  const { CloudTrailClient } = await import("@aws-sdk/client-cloudtrail");
  return new CloudTrailClient(configuration);
});

export const accessAnalyzer = once(async (): Promise<AccessAnalyzerClient> => {
  const { AccessAnalyzerClient } = await import("@aws-sdk/client-accessanalyzer");
  return new AccessAnalyzerClient(configuration);
});

const listeners = new Set<() => void>();

/** Calls back when it shows that the session is over; returns what ends that. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tellSignedOut(): void {
  for (const listener of listeners) listener();
}

/** A call that is refused for its credentials tells of a session that somebody ended elsewhere. */
async function watch<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (["InvalidClientTokenId", "ExpiredToken"].includes(describe(error).code)) tellSignedOut();
    throw error;
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
