import { FileUpload } from '@patternfly/react-core';
import { Field, type Common } from './fields';

interface Props extends Common {
  file: File | undefined;
  onChange: (file: File | undefined) => void;
}

/** A file of the person's computer: chosen, or dropped here. */
export function FileField({ file, onChange, ...common }: Props) {
  return (
    <Field {...common}>
      <FileUpload
        id={common.id}
        hideDefaultPreview
        filename={file?.name ?? ''}
        filenamePlaceholder="Drop a file here or choose one"
        browseButtonText="Choose"
        validated={common.error ? 'error' : 'default'}
        onFileInputChange={(_event, chosen) => onChange(chosen)}
        onClearClick={() => onChange(undefined)}
      />
    </Field>
  );
}
