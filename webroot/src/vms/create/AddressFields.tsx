import { FormGroup, Radio } from '@patternfly/react-core';
import { TextField } from '../../core/form/fields';
import type { SectionProps } from './section';

/** Where the first network card has its address from. */
export function AddressFields({ draft, errors, edit }: SectionProps) {
  return (
    <>
      <FormGroup label="IP address" role="radiogroup" fieldId="vm-addressing" isInline>
        <Radio
          id="vm-dhcp"
          name="vm-addressing"
          label="DHCP"
          isChecked={draft.addressing === 'dhcp'}
          onChange={() => edit({ addressing: 'dhcp' })}
        />
        <Radio
          id="vm-static"
          name="vm-addressing"
          label="Static"
          isChecked={draft.addressing === 'static'}
          onChange={() => edit({ addressing: 'static' })}
        />
      </FormGroup>
      {draft.addressing === 'static' && (
        <>
          <TextField
            id="vm-address"
            label="Address"
            required
            value={draft.address}
            error={errors.address}
            hint="With its prefix, as in 192.0.2.10/24."
            onChange={(address) => edit({ address })}
          />
          <TextField
            id="vm-gateway"
            label="Gateway"
            value={draft.gateway}
            error={errors.gateway}
            onChange={(gateway) => edit({ gateway })}
          />
          <TextField
            id="vm-name-servers"
            label="Name servers"
            value={draft.nameServers}
            error={errors.nameServers}
            hint="Separated by spaces."
            onChange={(nameServers) => edit({ nameServers })}
          />
        </>
      )}
    </>
  );
}
