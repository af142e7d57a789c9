import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { useLocation, useNavigate } from "react-router";
import { hrefOf } from "#/app/href";

const ITEMS: SideNavigationProps.Item[] = [
  link("Dashboard", "/"),
  {
    type: "section",
    text: "Access management",
    items: [
      link("User groups", "/groups"),
      link("Users", "/users"),
      link("Roles", "/roles"),
      link("Policies", "/policies"),
      link("Identity providers", "/providers"),
      link("Account settings", "/settings"),
    ],
  },
  {
    type: "section",
    text: "Governance",
    items: [link("Controls and findings", "/findings"), link("Alerts", "/alerts")],
  },
  {
    type: "section",
    text: "Access reports",
    items: [link("Why? Policy simulator", "/why"), link("Event history", "/trail")],
  },
  { type: "section", text: "Yourself", items: [link("Security credentials", "/security-credentials")] },
];

function link(text: string, path: string): SideNavigationProps.Link {
  return { type: "link", text, href: hrefOf(path) };
}

export function Navigation() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  // Nobody is called `create-user`, so that those pages stand beside the lists, not among what is in them.
  const section = `/${pathname.split("/")[1] ?? ""}`.replace(/^\/create-(.+)$/, "/$1s");
  return (
    <SideNavigation
      header={{ text: "Identity and Access Management (IAM)", href: hrefOf("/") }}
      activeHref={hrefOf(section)}
      items={ITEMS}
      onFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href.slice(hrefOf("").length));
      }}
    />
  );
}
