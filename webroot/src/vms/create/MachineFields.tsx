import { Checkbox, FormGroup } from '@patternfly/react-core';
import type { Appliance } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { diskTexts } from '../../images/appliance';
import { images } from '../../images/images';
import type { Machine } from './draft';

interface Props {
  machine: Machine;
  appliance: Appliance;
  networks: readonly { value: string; label: string }[];
  error: string | undefined;
  onChange: (machine: Machine) => void;
}

/** What an appliance has beside its first disk. */
export function MachineFields({ machine, appliance, networks, error, onChange }: Props) {
  const further = diskTexts(appliance, useList(images).data ?? []).slice(1);
  const connect = (nic: number, network: string): void =>
    onChange({ ...machine, networks: machine.networks.map((old, i) => (i === nic ? network : old)) });
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
      {machine.networks.map((network, i) => (
        <SelectField
          key={i}
          id={`vm-network-${i}`}
          label={machine.networks.length > 1 ? `Network of card ${i + 1}` : 'Network'}
          required
          value={network}
          error={i === 0 ? error : undefined}
          hint={appliance.nics[i]?.network && `Its makers call it ${appliance.nics[i].network}.`}
          choices={
            networks.some(({ value }) => value === network)
              ? networks
              : [{ value: network, label: network }, ...networks]
          }
          onChange={(chosen) => connect(i, chosen)}
        />
      ))}
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
