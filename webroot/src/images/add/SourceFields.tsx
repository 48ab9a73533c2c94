import { FormGroup, Radio } from '@patternfly/react-core';
import { FileField } from '../../core/form/FileField';
import { SelectField, TextField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { problemsOf, type ImageForm } from './form';

export interface FieldsProps {
  form: ImageForm;
  edit: (change: Partial<ImageForm>) => void;
  /** What the server said of a field. */
  errorOf: (field: string) => string | undefined;
}

function HostFileFields({ form, edit, errorOf }: FieldsProps) {
  const hostList = useList(hosts).data ?? [];
  const choices = hostList.map((host) => ({ value: host.id, label: host.name }));
  return (
    <>
      <TextField
        id="image-path"
        label="Path on the host"
        required
        mono
        value={form.path}
        error={problemsOf(form).path ?? errorOf('path')}
        onChange={(path) => edit({ path })}
      />
      <SelectField
        id="image-host"
        label="Host"
        value={form.hostId}
        error={errorOf('hostId')}
        choices={[{ value: '', label: 'Any host' }, ...choices]}
        onChange={(hostId) => edit({ hostId })}
      />
    </>
  );
}

function WebFields({ form, edit, errorOf }: FieldsProps) {
  return (
    <TextField
      id="image-url"
      label="Address"
      required
      mono
      value={form.url}
      error={problemsOf(form).url ?? errorOf('url')}
      hint="A host fetches it, and goes on where the connection was cut. Give the checksum that is published with it."
      onChange={(url) => edit({ url })}
    />
  );
}

function FieldsOfSource(props: FieldsProps) {
  const { form, edit } = props;
  switch (form.source) {
    case 'upload':
      return <FileField id="image-file" label="File" required file={form.file} onChange={(file) => edit({ file })} />;
    case 'web':
      return <WebFields {...props} />;
    case 'host':
      return <HostFileFields {...props} />;
  }
}

/** Where the image's bytes come from. */
export function SourceFields(props: FieldsProps) {
  const { form, edit } = props;
  return (
    <>
      <FormGroup label="Source" role="radiogroup" fieldId="image-source" isInline>
        <Radio
          id="image-upload"
          name="image-source"
          label="Upload from this computer"
          isChecked={form.source === 'upload'}
          onChange={() => edit({ source: 'upload' })}
        />
        <Radio
          id="image-from-web"
          name="image-source"
          label="Download from the web"
          isChecked={form.source === 'web'}
          onChange={() => edit({ source: 'web' })}
        />
        <Radio
          id="image-from-host"
          name="image-source"
          label="Import from a host"
          isChecked={form.source === 'host'}
          onChange={() => edit({ source: 'host' })}
        />
      </FormGroup>
      <FieldsOfSource {...props} />
    </>
  );
}
