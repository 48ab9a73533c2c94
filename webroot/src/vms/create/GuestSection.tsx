import { Checkbox, FormSection, FormGroup } from '@patternfly/react-core';
import type { SectionProps } from './section';

/** What happens once it is made. */
export function GuestSection({ draft, edit }: SectionProps) {
  return (
    <FormSection title="Start" titleElement="h3">
      <FormGroup role="group" label="When it is created" fieldId="vm-afterwards" isStack>
        <Checkbox
          id="vm-start"
          label="Start it"
          isChecked={draft.start}
          onChange={(_event, start) => edit({ start })}
        />
        <Checkbox
          id="vm-wait-for-agent"
          label="Wait for the guest agent"
          description="The task ends when the guest is up and answers."
          isDisabled={!draft.start}
          isChecked={draft.start && draft.waitForAgent}
          onChange={(_event, waitForAgent) => edit({ waitForAgent })}
        />
      </FormGroup>
    </FormSection>
  );
}
