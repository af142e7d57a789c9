import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { useSearchParams } from "react-router";

/** The tabs of a detail page; which one is open stands in the address, so that it can be linked to and gone back to. */
export function PageTabs({ tabs, label }: { tabs: TabsProps.Tab[]; label: string }) {
  const [search, setSearch] = useSearchParams();
  const open = tabs.find((tab) => tab.id === search.get("tab")) ?? tabs[0];
  return (
    <Tabs
      ariaLabel={label}
      tabs={tabs}
      {...(open ? { activeTabId: open.id } : {})}
      onChange={({ detail }) => setSearch({ tab: detail.activeTabId }, { replace: true })}
      i18nStrings={{ scrollLeftAriaLabel: "Scroll left", scrollRightAriaLabel: "Scroll right" }}
    />
  );
}
