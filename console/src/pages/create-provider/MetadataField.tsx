import FileUpload from "@cloudscape-design/components/file-upload";
import FormField from "@cloudscape-design/components/form-field";
import { useState } from "react";

interface Properties {
  problem: string | undefined;
  onChange: (metadata: string) => void;
}

/** Takes the metadata document of a SAML provider from a file. */
export function MetadataField({ problem, onChange }: Properties) {
  const [files, setFiles] = useState<File[]>([]);
  return (
    <FormField
      label="Metadata document"
      description="This document is issued by your identity provider."
      constraintText="The file must be a UTF-8 XML document."
      errorText={problem}
    >
      <FileUpload
        value={files}
        accept=".xml,application/xml,text/xml"
        showFileSize
        onChange={({ detail }) => {
          setFiles(detail.value);
          const [file] = detail.value;
          if (file) void file.text().then(onChange);
          else onChange("");
        }}
        i18nStrings={{
          uploadButtonText: () => "Choose file",
          dropzoneText: () => "Drop the file to upload",
          removeFileAriaLabel: () => "Remove file",
          limitShowFewer: "Show fewer",
          limitShowMore: "Show more",
          errorIconAriaLabel: "Error",
        }}
      />
    </FormField>
  );
}
