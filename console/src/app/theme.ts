import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { useSyncExternalStore } from "react";

/** What the person chose; `system` follows the machine. */
export type Theme = "system" | "light" | "dark";

const KEY = "ostiary-theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function chooseTheme(theme: Theme): void {
  if (theme === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  apply();
}

/** Puts the page into the chosen mode, and keeps it there when the machine's changes. */
export function followTheme(): void {
  dark.addEventListener("change", apply);
  apply();
}

/** Tells whether the page is dark now; for what Cloudscape does not paint. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

function isDark(): boolean {
  const theme = chosenTheme();
  return theme === "dark" || (theme === "system" && dark.matches);
}

function apply(): void {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDark() ? "dark" : "light";
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
