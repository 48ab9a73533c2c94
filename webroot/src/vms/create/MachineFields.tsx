import { Checkbox, FormGroup } from '@patternfly/react-core';
import type { Appliance } from '../../core/api/types';
import { useList } from '../../core/live/collection';
import { diskTexts } from '../../images/appliance';
import { images } from '../../images/images';
import type { Machine } from './draft';

interface Props {
  machine: Machine;
  appliance: Appliance;
  onChange: (machine: Machine) => void;
}

/** What an appliance has beside its first disk. */
export function MachineFields({ machine, appliance, onChange }: Props) {
  const further = diskTexts(appliance, useList(images).data ?? []).slice(1);
  return (
    <>
      {further.length > 0 && (
        <FormGroup label="Further disks" role="group" fieldId="vm-further-disks">
          <ol id="vm-further-disks" className="lqx-plain-list">
            {further.map((text, i) => (
              <li key={i}>{text}</li>
            ))}
          </ol>
        </FormGroup>
      )}
      <FormGroup>
        <Checkbox
          id="vm-set-up"
          label="Set it up by cloud-init"
          description="Only where its guest has cloud-init. Otherwise log in as its makers say."
          isChecked={machine.isSetUp}
          onChange={(_event, isSetUp) => onChange({ ...machine, isSetUp })}
        />
      </FormGroup>
    </>
  );
}
