import { TextInput } from '@patternfly/react-core';
import { useMemo } from 'react';
import { Field, TextField } from '../../core/form/fields';
import type { SectionProps } from './section';
import { specOf } from './spec';
import { timeZones, type SetUp } from './setUp';

interface TimeZoneProps {
  value: string;
  error?: string;
  /** What it means when nothing is typed. */
  empty: string;
  onChange: (value: string) => void;
}

/** A list that is searched by typing. */
function TimeZoneField({ value, error, empty, onChange }: TimeZoneProps) {
  const zones = useMemo(timeZones, []);
  return (
    <Field id="vm-time-zone" label="Time zone" error={error} hint={`${empty} Type to search.`}>
      <TextInput
        id="vm-time-zone"
        list="vm-time-zones"
        value={value}
        autoComplete="off"
        placeholder="Europe/Vienna"
        validated={error ? 'error' : 'default'}
        aria-describedby="vm-time-zone-hint"
        onChange={(_event, next) => onChange(next)}
      />
      <datalist id="vm-time-zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </Field>
  );
}

const OWN: Record<SetUp['by'], { label: string; placeholder: string; hint: string }> = {
  cloudInit: {
    label: 'User-data',
    placeholder: '#cloud-config\nwrite_files:\n- path: /etc/motd\n  content: Hello',
    hint: 'A cloud-config, which is put together with this form, or a script that begins with #!. No passwords in plain text.',
  },
  ignition: {
    label: 'Ignition configuration',
    placeholder: '{"ignition": {"version": "3.4.0"}}',
    hint: 'Version 3 as JSON, as Butane makes it. The account and the host name are put into it.',
  },
  cloudbase: {
    label: 'Script',
    placeholder: '#ps1_sysnative\nWrite-Host "Hello"',
    hint: 'For PowerShell (#ps1_sysnative) or cmd (rem cmd). Every program in the guest can read it.',
  },
};

/** @param kept what a customization spec says, which cannot be said to be nothing */
const empty = (kept: string | undefined): string =>
  kept === undefined ? 'Empty: as the image has it.' : `Empty: ${kept}, as the customization spec has it.`;

function LinuxFields({ draft, errors, edit, isNamed }: SectionProps & { isNamed: boolean }) {
  const { setUp } = draft;
  // The form of the spec itself says all of it anew.
  const linux = isNamed ? undefined : specOf(draft)?.cloudInit;
  const set = (change: Partial<SetUp>): void => edit({ setUp: { ...setUp, ...change } });
  return (
    <>
      <TextField
        id="vm-locale"
        label="Locale"
        value={setUp.locale}
        error={errors['locale']}
        placeholder="de_DE.UTF-8"
        hint={empty(linux?.locale)}
        onChange={(locale) => set({ locale })}
      />
      <TimeZoneField
        value={setUp.timeZone}
        empty={empty(linux?.timeZone)}
        {...(errors['timeZone'] === undefined ? {} : { error: errors['timeZone'] })}
        onChange={(timeZone) => set({ timeZone })}
      />
      <TextField
        id="vm-commands"
        label="Commands"
        rows={3}
        mono
        value={setUp.commands}
        error={errors['commands']}
        hint="One a line; root runs them once, after the packages are there."
        onChange={(commands) => set({ commands })}
      />
    </>
  );
}

function HostNameField({ draft, errors, edit }: SectionProps) {
  const pattern = specOf(draft)?.hostNamePattern;
  return (
    <TextField
      id="vm-host-name"
      label="Host name"
      value={draft.setUp.hostName}
      error={errors['hostName']}
      hint={
        pattern === undefined
          ? "Empty: the VM's name. With a domain, as in web.example.com."
          : `Empty: by the pattern of the customization spec, ${pattern}.`
      }
      onChange={(hostName) => edit({ setUp: { ...draft.setUp, hostName } })}
    />
  );
}

/**
 * What most people leave as it is.
 *
 * @param isNamed whether the guest is called otherwise, so that its host name is not asked
 */
export function FurtherSetUp({ isNamed = false, ...section }: SectionProps & { isNamed?: boolean }) {
  const { draft, errors, edit } = section;
  const { setUp } = draft;
  const set = (change: Partial<SetUp>): void => edit({ setUp: { ...setUp, ...change } });
  const own = OWN[setUp.by];
  return (
    <>
      {!isNamed && <HostNameField {...section} />}
      {setUp.by === 'cloudInit' && <LinuxFields {...section} isNamed={isNamed} />}
      <TextField
        id="vm-user-data"
        rows={8}
        mono
        value={setUp.userData}
        error={errors['userData']}
        {...own}
        hint={specOf(draft)?.userDataSet ? 'Empty: what the customization spec keeps.' : own.hint}
        onChange={(userData) => set({ userData })}
      />
    </>
  );
}
