import { FormSection } from '@patternfly/react-core';
import { BootOrderFields } from '../edit/BootOrderFields';
import { draftDevices } from './devices';
import { isSetUp } from './draft';
import { GuestSection } from './GuestSection';
import type { SectionProps } from './section';
import { SetUpSection } from './SetUpSection';

/** What it boots from, what the guest does at the first start, and whether it is started. */
export function StartSection(section: SectionProps) {
  const { draft, errors, edit } = section;
  return (
    <>
      <GuestSection {...section} />
      {isSetUp(draft) && <SetUpSection {...section} />}
      <FormSection title="Boot" titleElement="h3">
        <BootOrderFields
          id="vm-boot"
          devices={draftDevices(draft)}
          order={draft.hardware.bootOrder}
          error={errors.bootOrder}
          hint="What is listed is tried in this order, and nothing else."
          onChange={(bootOrder) => edit({ hardware: { ...draft.hardware, bootOrder } })}
        />
      </FormSection>
    </>
  );
}
