import type { Tag } from "@aws-sdk/client-iam";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Input from "@cloudscape-design/components/input";

export const MOST_TAGS = 50;
const LONGEST_KEY = 128;
const LONGEST_VALUE = 256;
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What is wrong with one member of the tag in one row. */
export interface TagProblem {
  row: number;
  member: "Key" | "Value";
  message: string;
}

/** Tells what IAM would not take; an empty list when all is well. */
export function tagProblems(tags: Tag[]): TagProblem[] {
  return tags.flatMap((tag, row) => {
    const key = keyProblem(tags, row);
    const value = valueProblem(tag.Value ?? "");
    return [
      ...(key ? [{ row, member: "Key" as const, message: key }] : []),
      ...(value ? [{ row, member: "Value" as const, message: value }] : []),
    ];
  });
}

function keyProblem(tags: Tag[], row: number): string | undefined {
  const key = tags[row]?.Key ?? "";
  if (key === "") return "You must specify a tag key.";
  if (key.length > LONGEST_KEY) return `The key can have up to ${LONGEST_KEY} characters.`;
  if (!ALLOWED.test(key)) return "Use letters, numbers, spaces, and _ . : / = + - @ only.";
  if (key.toLowerCase().startsWith("aws:")) return "Keys that begin with aws: are reserved.";
  if (tags.findIndex((tag) => tag.Key === key) < row) return "This key is there already. Keys must be unique.";
  return undefined;
}

function valueProblem(value: string): string | undefined {
  if (value.length > LONGEST_VALUE) return `The value can have up to ${LONGEST_VALUE} characters.`;
  if (!ALLOWED.test(value)) return "Use letters, numbers, spaces, and _ . : / = + - @ only.";
  return undefined;
}

interface Properties {
  tags: Tag[];
  onChange: (tags: Tag[]) => void;
  disabled?: boolean;
  /** Reminds of rows that have nothing in them yet; for when somebody tried to go on. */
  insist?: boolean;
}

/** The part of a form that edits tags, a row each. */
export function TagsEditor({ tags, onChange, disabled = false, insist = false }: Properties) {
  const problems = tagProblems(tags);
  const room = MOST_TAGS - tags.length;

  function problemOf(tag: Tag, row: number, member: TagProblem["member"]): string | undefined {
    if (!insist && !tag.Key && !tag.Value) return undefined;
    return problems.find((problem) => problem.row === row && problem.member === member)?.message;
  }

  function change(row: number, part: Partial<Tag>) {
    onChange(tags.map((tag, index) => (index === row ? { ...tag, ...part } : tag)));
  }

  return (
    <AttributeEditor<Tag>
      items={tags}
      empty="No tags associated with the resource."
      addButtonText="Add new tag"
      removeButtonText="Remove"
      removeButtonAriaLabel={(tag) => `Remove tag ${tag.Key}`}
      disableAddButton={disabled || room <= 0}
      isItemRemovable={() => !disabled}
      additionalInfo={
        room > 0 ? `You can add up to ${room} more ${room === 1 ? "tag" : "tags"}.` : "There is no room for more tags."
      }
      onAddButtonClick={() => onChange([...tags, { Key: "", Value: "" }])}
      onRemoveButtonClick={({ detail }) => onChange(tags.filter((_, row) => row !== detail.itemIndex))}
      gridLayout={[{ breakpoint: "xxs", rows: [[1, 1]], removeButton: { width: "auto" } }, { rows: [[1], [1]] }]}
      i18nStrings={{ errorIconAriaLabel: "Error", itemRemovedAriaLive: "The tag was removed." }}
      definition={[
        {
          label: "Key",
          errorText: (tag, row) => problemOf(tag, row, "Key"),
          control: (tag, row) => (
            <Input
              value={tag.Key ?? ""}
              disabled={disabled}
              autoComplete={false}
              placeholder="Enter key"
              onChange={({ detail }) => change(row, { Key: detail.value })}
            />
          ),
        },
        {
          label: "Value - optional",
          errorText: (tag, row) => problemOf(tag, row, "Value"),
          control: (tag, row) => (
            <Input
              value={tag.Value ?? ""}
              disabled={disabled}
              autoComplete={false}
              placeholder="Enter value"
              onChange={({ detail }) => change(row, { Value: detail.value })}
            />
          ),
        },
      ]}
    />
  );
}
