import { FormGroup } from '@patternfly/react-core';
import type { Appliance } from '../../core/api/types';
import { useList } from '../../core/live/collection';
import { diskTexts } from '../../images/appliance';
import { images } from '../../images/images';

/** What an appliance has beside its first disk. */
export function MachineDisks({ appliance }: { appliance: Appliance }) {
  const further = diskTexts(appliance, useList(images).data ?? []).slice(1);
  if (further.length === 0) return null;
  return (
    <FormGroup label="Of the appliance" role="group" fieldId="vm-further-disks">
      <ol id="vm-further-disks" className="lqx-plain-list">
        {further.map((text, i) => (
          <li key={i}>{text}</li>
        ))}
      </ol>
    </FormGroup>
  );
}
