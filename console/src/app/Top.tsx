import TopNavigation, { type TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type SignInSession, signOut } from "#/api/signIn";
import { hrefOf } from "#/app/href";
import { chooseTheme, chosenTheme, type Theme } from "#/app/theme";

const THEMES: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };

/** The bar on top: where one is, who one is, and the way out. */
export function Top({ session }: { session: SignInSession }) {
  const navigate = useNavigate();
  const [theme, setTheme] = useState(chosenTheme());
  const { account, principal } = session;
  const name = principal.kind === "root" ? "root user" : (principal.userName ?? "");

  function choose(id: string) {
    if (id === "sign-out") {
      void signOut().finally(() => window.location.assign(hrefOf("/sign-in")));
    } else if (id.startsWith("theme-")) {
      const chosen = id.slice("theme-".length) as Theme;
      chooseTheme(chosen);
      setTheme(chosen);
    } else {
      navigate(id);
    }
  }

  const utilities: TopNavigationProps.Utility[] = [
    {
      type: "menu-dropdown",
      text: `${name} @ ${account.alias ?? account.id}`,
      description: `Account ${account.id}`,
      iconName: "user-profile",
      // Who speaks to the page says what they see, so the name has to hold it.
      ariaLabel: `Account menu of ${name} @ ${account.alias ?? account.id}`,
      items: [
        { id: "/security-credentials", text: "Security credentials" },
        { id: "/settings", text: "Account settings" },
        {
          id: "themes",
          text: "Appearance",
          items: Object.entries(THEMES).map(([id, text]) => ({
            id: `theme-${id}`,
            text,
            itemType: "checkbox" as const,
            checked: theme === id,
          })),
        },
        { id: "sign-out", text: "Sign out" },
      ],
      onItemClick: ({ detail }) => choose(detail.id),
    },
  ];

  return (
    <TopNavigation
      identity={{
        href: hrefOf("/"),
        title: "Ostiary",
        logo: { src: "/console/favicon.svg", alt: "" },
        onFollow: (event) => {
          event.preventDefault();
          navigate("/");
        },
      }}
      utilities={utilities}
      i18nStrings={{ overflowMenuTriggerText: "More", overflowMenuTitleText: "All" }}
    />
  );
}
