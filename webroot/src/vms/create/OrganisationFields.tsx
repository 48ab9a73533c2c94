import { TextField } from '../../core/form/fields';
import { MoreFields } from './MoreFields';
import type { SectionProps } from './section';

/** By what the VM is found among many. */
export function OrganisationFields({ draft, errors, edit }: SectionProps) {
  return (
    <MoreFields title="Folder and labels" holds={/^(folder|labels)$/} errors={errors}>
      <TextField
        id="vm-folder"
        label="Folder"
        value={draft.folder}
        error={errors.folder}
        hint={'Names with "/" between them, as in team/web.'}
        onChange={(folder) => edit({ folder })}
      />
      <TextField
        id="vm-labels"
        label="Labels"
        rows={3}
        mono
        value={draft.labels}
        error={errors.labels}
        hint="One a line, as in env=test."
        onChange={(labels) => edit({ labels })}
      />
    </MoreFields>
  );
}
