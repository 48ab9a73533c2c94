import { TextField } from '../../core/form/fields';
import { organisationErrors } from '../create/hardwareRules';
import type { Organisation } from './wish';

interface Props {
  value: Organisation;
  /** What the server said of a field. */
  errorOf?: (field: string) => string | undefined;
  onChange: (value: Organisation) => void;
}

/** In which folder and with which labels domains become VMs. */
export function OrganisationFields({ value, errorOf, onChange }: Props) {
  const errors = organisationErrors(value.folder, value.labels);
  return (
    <>
      <TextField
        id="adopt-vm-folder"
        label="Folder"
        value={value.folder}
        error={errors['folder'] ?? errorOf?.('folder')}
        hint={'Names with "/" between them, as in team/web.'}
        onChange={(folder) => onChange({ ...value, folder })}
      />
      <TextField
        id="adopt-vm-labels"
        label="Labels"
        rows={2}
        mono
        value={value.labels}
        error={errors['labels'] ?? errorOf?.('labels')}
        hint="One a line, as in env=test."
        onChange={(labels) => onChange({ ...value, labels })}
      />
    </>
  );
}
