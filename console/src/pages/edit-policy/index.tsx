import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";

export default function Page() {
  return <ContentLayout header={<Header variant="h1">Edit policy</Header>}>Not written yet.</ContentLayout>;
}
