import Link, { type LinkProps } from "@cloudscape-design/components/link";
import { useNavigate } from "react-router";
import { hrefOf } from "#/app/href";

/** A link to another page of the console, which does not load everything anew. */
export function RouterLink({ to, ...rest }: { to: string } & Omit<LinkProps, "href" | "onFollow">) {
  const navigate = useNavigate();
  return (
    <Link
      {...rest}
      href={hrefOf(to)}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        navigate(to);
      }}
    />
  );
}
