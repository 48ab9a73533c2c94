import type { CreateImage } from '../../core/api/types';
import { SelectField, TextField } from '../../core/form/fields';
import { FORMATS, hintOf } from '../formats';
import { formatOf, nameOf, problemsOf } from './form';
import type { FieldsProps } from './SourceFields';

const SUM_FIELDS = ['sha256', 'sha512', 'md5', 'checksumsUrl'];

/** What the image is. */
export function DescriptionFields({ form, edit, errorOf }: FieldsProps) {
  const problems = problemsOf(form);
  return (
    <>
      <TextField
        id="image-name"
        label="Name"
        required
        value={nameOf(form)}
        error={problems.name ?? errorOf('name')}
        onChange={(name) => edit({ name })}
      />
      <SelectField
        id="image-format"
        label="Format"
        required
        value={formatOf(form)}
        error={errorOf('format')}
        choices={FORMATS}
        hint={hintOf(formatOf(form))}
        onChange={(format) => edit({ format: format as CreateImage['format'] })}
      />
      <TextField
        id="image-os"
        label="Operating system"
        value={form.distribution}
        error={problems.system ?? errorOf('operatingSystem.distribution') ?? errorOf('operatingSystem')}
        hint="As in Debian. Most are found out when this stays empty."
        onChange={(distribution) => edit({ distribution })}
      />
      <TextField
        id="image-os-version"
        label="Version"
        value={form.systemVersion}
        error={errorOf('operatingSystem.version')}
        onChange={(systemVersion) => edit({ systemVersion })}
      />
      <TextField
        id="image-user"
        label="Default user"
        value={form.defaultUser}
        error={errorOf('defaultUser')}
        hint="Suggested when a VM is created from it, as in debian."
        onChange={(defaultUser) => edit({ defaultUser })}
      />
      <TextField
        id="image-sum"
        label="Checksum"
        mono
        value={form.sum}
        error={problems.sum ?? SUM_FIELDS.map(errorOf).find((error) => error !== undefined)}
        hint="SHA-256, SHA-512 or MD5, or the address of the list that is published with the file, as SHA256SUMS. The image is refused when its file has another one."
        onChange={(sum) => edit({ sum })}
      />
    </>
  );
}
