import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import type { Provider } from "#/api/providers";
import { DeleteProvider } from "#/pages/providers/DeleteProvider";

/** What the pages of all providers have: the heading, and the way to delete it. */
export function ProviderLayout({ provider, children }: { provider: Provider; children: ReactNode }) {
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<Button onClick={() => setDeleting(true)}>Delete</Button>}>
          {provider.name}
        </Header>
      }
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
      {deleting && (
        <DeleteProvider
          provider={provider}
          onDone={() => void navigate("/providers")}
          onDismiss={() => setDeleting(false)}
        />
      )}
    </ContentLayout>
  );
}
