import { Checkbox, FormGroup } from '@patternfly/react-core';

interface Props {
  id: string;
  isShared: boolean;
  /** What is said after the rest of it. */
  hint?: string;
  onChange: (isShared: boolean) => void;
}

/** Whether the console shares a clipboard with the guest. */
export function ClipboardField({ id, isShared, hint = '', onChange }: Props) {
  return (
    <FormGroup role="group" aria-label="Clipboard">
      <Checkbox
        id={id}
        label="Share a clipboard with its console"
        description={`Needs spice-vdagent in the guest. The guest can read what a viewer sends it. ${hint}`.trim()}
        isChecked={isShared}
        onChange={(_event, shared) => onChange(shared)}
      />
    </FormGroup>
  );
}
