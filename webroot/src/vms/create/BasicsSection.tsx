import { Alert, FormGroup, FormSection, Radio } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { Image } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { SelectField, TextField } from '../../core/form/fields';
import { hardwareHint, startWarning, systemOf } from '../../images/system/system';
import type { DiskKind } from './hardware';
import { OrganisationFields } from './OrganisationFields';
import type { SectionProps } from './section';
import { VolumeChoice } from './VolumeChoice';

interface Props extends SectionProps {
  images: readonly Image[];
  onImage: (image: Image) => void;
}

function imageLabel(image: Image): string {
  const kind = image.appliance && 'appliance';
  const facts = [kind, systemOf(image), formatBytes(image.virtualSizeBytes)].filter(Boolean).join(', ');
  return `${image.name} (${facts})`;
}

const KINDS: readonly { value: DiskKind; label: string; id: string }[] = [
  { value: 'image', label: 'From an image', id: 'vm-from-image' },
  { value: 'empty', label: 'New and empty, to install from a CD-ROM', id: 'vm-from-nothing' },
  { value: 'volume', label: 'A volume that is there', id: 'vm-from-volume' },
];

export function BasicsSection({ draft, errors, edit, images, onImage }: Props) {
  const choices = images.map((image) => ({ value: image.id, label: imageLabel(image) }));
  const chosen = images.find(({ id }) => id === draft.imageId);
  return (
    <FormSection title="Machine" titleElement="h2">
      <TextField
        id="vm-name"
        label="Name"
        required
        value={draft.name}
        error={errors.name}
        hint="Also its host name. Letters, digits, dot, underscore and hyphen."
        onChange={(name) => edit({ name })}
      />
      <TextField
        id="vm-description"
        label="Description"
        value={draft.description}
        error={errors.description}
        onChange={(description) => edit({ description })}
      />
      <OrganisationFields draft={draft} errors={errors} edit={edit} />
      <FormGroup role="radiogroup" label="First disk" fieldId="vm-first-disk" isStack>
        {KINDS.map(({ value, label, id }) => (
          <Radio
            key={value}
            id={id}
            name="vm-first-disk"
            label={label}
            isChecked={draft.firstDisk === value}
            onChange={() => edit({ firstDisk: value })}
          />
        ))}
      </FormGroup>
      {draft.firstDisk === 'volume' && (
        <VolumeChoice
          id="vm-volume"
          value={draft.volumeId}
          error={errors.volumeId}
          onChange={(volumeId) => edit({ volumeId })}
        />
      )}
      {draft.firstDisk === 'image' && images.length === 0 && (
        <Alert component="p" variant="warning" isInline title="There is no image that is ready">
          A VM starts from an image. <Link to="/images">Add one to the library</Link> first.
        </Alert>
      )}
      {draft.firstDisk === 'image' && (
        <SelectField
          id="vm-image"
          label="Image"
          required
          value={draft.imageId}
          error={errors.imageId}
          warning={startWarning(chosen)}
          hint={hardwareHint(chosen)}
          choices={[{ value: '', label: 'Choose an image', disabled: true }, ...choices]}
          onChange={(id) => {
            const image = images.find((candidate) => candidate.id === id);
            if (image) onImage(image);
          }}
        />
      )}
    </FormSection>
  );
}
