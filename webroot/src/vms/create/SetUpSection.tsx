import { Checkbox, FormGroup, FormSection } from '@patternfly/react-core';
import { TextField } from '../../core/form/fields';
import { FurtherSetUp } from './FurtherSetUp';
import { MoreFields } from './MoreFields';
import type { SectionProps } from './section';
import { SeedPreview } from './SeedPreview';

const FURTHER = {
  cloudInit: 'Host name, locale, commands and user-data',
  ignition: 'Host name and configuration',
  cloudbase: 'Host name and script',
};

/** What is installed. */
export function CloudInitFields(section: SectionProps) {
  const { draft, errors, edit } = section;
  return (
    <>
      <TextField
        id="vm-packages"
        label="Packages"
        value={draft.packages}
        error={errors['packages']}
        hint="Installed at the first start; separated by spaces."
        onChange={(packages) => edit({ packages })}
      />
      <FormGroup>
        <Checkbox
          id="vm-agent"
          label="Quantix Agent"
          description="Installs and starts the QEMU guest agent, so that addresses, the host name and clean shut-downs work."
          isChecked={draft.setUp.agent}
          onChange={(_event, agent) => edit({ setUp: { ...draft.setUp, agent } })}
        />
      </FormGroup>
    </>
  );
}

/** What the guest does at the first start. */
export function SetUpSection(section: SectionProps) {
  const { draft, errors } = section;
  const { by } = draft.setUp;
  return (
    <FormSection title="First start" titleElement="h3">
      {by === 'cloudInit' && <CloudInitFields {...section} />}
      <MoreFields title={FURTHER[by]} holds={/^(hostName|locale|timeZone|commands|userData)$/} errors={errors}>
        <FurtherSetUp {...section} />
      </MoreFields>
      <SeedPreview draft={draft} />
    </FormSection>
  );
}
