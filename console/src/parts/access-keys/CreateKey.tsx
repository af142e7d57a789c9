import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { createAccessKey, type NewKey } from "#/api/accessKeys";
import { FormModal } from "#/parts/FormModal";
import { KeySecret } from "./KeySecret";
import { USE_CASES } from "./useCases";

interface Properties {
  userName: string | undefined;
  onLeave: (created: boolean) => void;
}

/** Makes an access key, once it is said what there is that is better than one. */
export function CreateKey({ userName, onLeave }: Properties) {
  const [useCase, setUseCase] = useState("");
  const [understood, setUnderstood] = useState(false);
  const [created, setCreated] = useState<NewKey>();
  const alternative = USE_CASES.find(({ value }) => value === useCase)?.alternative;

  if (created) {
    return (
      <Modal
        visible
        size="large"
        header="Retrieve access keys"
        closeAriaLabel="Close"
        onDismiss={() => onLeave(true)}
        footer={
          <Box float="right">
            <Button variant="primary" onClick={() => onLeave(true)}>
              Done
            </Button>
          </Box>
        }
      >
        <KeySecret created={created} userName={userName} />
      </Modal>
    );
  }
  return (
    <FormModal
      title="Create access key"
      button="Create access key"
      size="large"
      disabled={!understood}
      onSubmit={async () => setCreated(await createAccessKey(userName))}
      onDismiss={() => onLeave(false)}
    >
      <SpaceBetween size="l">
        <FormField
          label="Use case"
          description="Avoid using long-term credentials like access keys where there is something better."
        >
          <RadioGroup
            value={useCase}
            items={USE_CASES}
            onChange={({ detail }) => {
              setUseCase(detail.value);
              setUnderstood(false);
            }}
          />
        </FormField>
        {alternative && (
          <SpaceBetween size="s">
            <Alert type="info" statusIconAriaLabel="Info" header="Alternative recommended">
              {alternative}
            </Alert>
            <Checkbox checked={understood} onChange={({ detail }) => setUnderstood(detail.checked)}>
              I understand the above recommendation and want to proceed to create an access key.
            </Checkbox>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </FormModal>
  );
}
