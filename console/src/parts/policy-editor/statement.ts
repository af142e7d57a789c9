import { compact, isJson } from "#/api/policyDocuments";
import type { PolicyPurpose } from "#/api/policyFindings";

/** A policy as its JSON says it. Statements are changed an element at a time, so that all else stays as it was written. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Shape = { [name: string]: Json };
export type Statement = Shape;

export interface Policy {
  /** `Version`, `Id` and whatever else stands beside the statements, in its place. */
  shape: Shape;
  statements: Json[];
}

/** One comparison of a statement's `Condition`. */
export interface Condition {
  /** With its qualifier and `IfExists`, such as `ForAnyValue:StringLikeIfExists`. */
  operator: string;
  key: string;
  values: string[];
}

/** Returns a policy to begin with. */
export function newPolicy(purpose: PolicyPurpose): string {
  return writePolicy({
    shape: { Version: "2012-10-17", Statement: [] },
    statements: [{ Sid: "Statement1", ...newStatement(purpose) }],
  });
}

export function newStatement(purpose: PolicyPurpose): Statement {
  return purpose === "trust"
    ? { Effect: "Allow", Principal: {}, Action: ["sts:AssumeRole"] }
    : { Effect: "Allow", Action: [], Resource: [] };
}

/** Returns a policy in its parts, or why that would lose something of it. */
export function readPolicy(text: string): Policy | string {
  if (!isJson(text)) return "The policy is not valid JSON.";
  const shape = JSON.parse(text) as Json;
  if (!isShape(shape)) return "The policy is not a JSON object.";
  if (JSON.stringify(shape) !== compact(text)) {
    return "The policy holds what only JSON can show, such as repeated keys, escapes or very long numbers.";
  }
  const { Statement: statements } = shape;
  if (statements === undefined) return "The policy has no Statement.";
  return { shape, statements: Array.isArray(statements) ? statements : [statements] };
}

/** Returns the text of a policy; a single statement that stood without a list goes on to. */
export function writePolicy({ shape, statements }: Policy): string {
  const bare = shape.Statement !== undefined && !Array.isArray(shape.Statement) && statements.length === 1;
  const written = bare ? (statements[0] as Json) : statements;
  return JSON.stringify({ ...shape, Statement: written }, undefined, 4);
}

export function isShape(value: Json | undefined): value is Shape {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the texts of an element that is one, or a list of such; undefined when it is neither. */
export function textsOf(value: Json | undefined): string[] | undefined {
  if (typeof value === "string") return [value];
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  return undefined;
}

/** Sets an element; one text stays without a list where it was. */
export function withTexts(statement: Statement, element: string, texts: string[]): Statement {
  const [only, ...others] = texts;
  const bare = only !== undefined && others.length === 0 && typeof statement[element] === "string";
  return { ...statement, [element]: bare ? only : texts };
}

export function conditionsOf(statement: Statement): Condition[] {
  return shapesIn(statement.Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => ({
      operator,
      key,
      values: (Array.isArray(value) ? value : [value]).map(String),
    })),
  );
}

/** Adds a condition; values for the same key under the same operator come together. */
export function withCondition(statement: Statement, { operator, key, values }: Condition): Statement {
  const before = conditionsOf(statement).find((each) => each.operator === operator && each.key === key);
  const all = [...new Set([...(before?.values ?? []), ...values])];
  const condition = isShape(statement.Condition) ? statement.Condition : {};
  const keys = isShape(condition[operator]) ? condition[operator] : {};
  const written = all.length === 1 ? (all[0] as string) : all;
  return { ...statement, Condition: { ...condition, [operator]: { ...keys, [key]: written } } };
}

/** Takes a condition away, and with the last one the element. */
export function withoutCondition(statement: Statement, { operator, key }: Condition): Statement {
  const { Condition: condition, ...rest } = statement;
  if (!isShape(condition) || !isShape(condition[operator])) return statement;
  const { [key]: _value, ...keys } = condition[operator];
  const { [operator]: _keys, ...others } = condition;
  const left = Object.keys(keys).length > 0 ? { ...condition, [operator]: keys } : others;
  return Object.keys(left).length > 0 ? { ...statement, Condition: left } : rest;
}

function shapesIn(value: Json | undefined): [string, Shape][] {
  if (!isShape(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, Shape] => isShape(entry[1]));
}
