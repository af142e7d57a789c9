import { I18nProvider } from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import { RouterProvider } from "react-router";
import { router } from "#/app/routes";

export function App() {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <RouterProvider router={router} />
    </I18nProvider>
  );
}
