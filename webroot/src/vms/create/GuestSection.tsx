import { Checkbox, FormSection, FormGroup, Radio } from '@patternfly/react-core';
import { TextField } from '../../core/form/fields';
import { isSetUp } from './draft';
import type { SectionProps } from './section';

function SetUpFields({ draft, errors, edit }: SectionProps) {
  return (
    <>
      <TextField
        id="vm-packages"
        label="Packages"
        value={draft.packages}
        error={errors.packages}
        hint="Installed at the first start; separated by spaces."
        onChange={(packages) => edit({ packages })}
      />
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

export function GuestSection({ draft, errors, edit }: SectionProps) {
  return (
    <FormSection title="Guest" titleElement="h2">
      {isSetUp(draft) && <SetUpFields draft={draft} errors={errors} edit={edit} />}
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
