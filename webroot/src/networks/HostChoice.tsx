import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';

interface Props {
  /** None: all, also those that join later. */
  value: readonly string[];
  onChange: (hostIds: readonly string[]) => void;
}

/** The hosts that are to have a network. */
export function HostChoice({ value, onChange }: Props) {
  const list = useList(hosts).data ?? [];
  const toggle = (hostId: string, on: boolean): void =>
    onChange(on ? [...value, hostId] : value.filter((other) => other !== hostId));
  return (
    <FormGroup role="group" fieldId="network-hosts" label="Hosts">
      <Checkbox
        id="network-all-hosts"
        label="All hosts, also those that join later"
        isChecked={value.length === 0}
        isDisabled={list.length === 0}
        onChange={(_event, all) => onChange(all ? [] : list.map(({ id }) => id))}
      />
      {value.length > 0 &&
        list.map(({ id, name }) => (
          <Checkbox
            key={id}
            id={`network-host-${id}`}
            label={name}
            isChecked={value.includes(id)}
            onChange={(_event, on) => toggle(id, on)}
          />
        ))}
    </FormGroup>
  );
}
