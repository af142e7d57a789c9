/** Policies as texts. What is done to one here keeps its every token: repeated keys and long numbers are not lost. */

const INDENT = "    ";
const TOKEN = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
const OPENING = new Set(["{", "["]);
const CLOSING = new Set(["}", "]"]);

/** How many characters a document may have, white space not counted. */
export const MANAGED_POLICY_LIMIT = 6_144;
export const TRUST_POLICY_LIMIT = 2_048;
/** All inline policies of one together. */
export const INLINE_POLICY_LIMITS = { user: 2_048, group: 5_120, role: 10_240 };

/** Returns a document that IAM answered, decoded and laid out for people. */
export function decodeDocument(urlEncoded: string): string {
  return layOut(decodeURIComponent(urlEncoded));
}

/** Returns a JSON text with an element a line; a text that is not JSON as it is. */
export function layOut(text: string): string {
  if (!isJson(text)) return text;
  const tokens = tokensOf(text);
  let depth = 0;
  let laidOut = "";
  const breakLine = () => {
    laidOut += `\n${INDENT.repeat(depth)}`;
  };
  tokens.forEach((token, index) => {
    if (OPENING.has(token)) {
      depth += 1;
      laidOut += token;
      if (!CLOSING.has(tokens[index + 1] ?? "")) breakLine();
    } else if (CLOSING.has(token)) {
      depth -= 1;
      if (!OPENING.has(tokens[index - 1] ?? "")) breakLine();
      laidOut += token;
    } else {
      laidOut += token === ":" ? ": " : token;
      if (token === ",") breakLine();
    }
  });
  return laidOut;
}

/** Returns a JSON text without white space between its tokens. */
export function compact(text: string): string {
  return tokensOf(text).join("");
}

/** Counts a document's characters as IAM does: white space left out. */
export function sizeOf(text: string): number {
  return [...text.replace(/\s+/g, "")].length;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function tokensOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}
