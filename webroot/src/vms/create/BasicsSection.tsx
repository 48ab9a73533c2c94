import { Alert, FormSection } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { Image } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { SelectField, TextField } from '../../core/form/fields';
import { startWarning, systemOf } from '../../images/system/system';
import type { SectionProps } from './section';

interface Props extends SectionProps {
  images: readonly Image[];
  onImage: (image: Image) => void;
}

function imageLabel(image: Image): string {
  const kind = image.appliance && 'appliance';
  const facts = [kind, systemOf(image), formatBytes(image.virtualSizeBytes)].filter(Boolean).join(', ');
  return `${image.name} (${facts})`;
}

export function BasicsSection({ draft, errors, edit, images, onImage }: Props) {
  const choices = images.map((image) => ({ value: image.id, label: imageLabel(image) }));
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
      {images.length === 0 && (
        <Alert component="p" variant="warning" isInline title="There is no image that is ready">
          A VM starts from an image. <Link to="/images">Add one to the library</Link> first.
        </Alert>
      )}
      <SelectField
        id="vm-image"
        label="Image"
        required
        value={draft.imageId}
        error={errors.imageId}
        warning={startWarning(images.find(({ id }) => id === draft.imageId))}
        choices={[{ value: '', label: 'Choose an image', disabled: true }, ...choices]}
        onChange={(id) => {
          const image = images.find((candidate) => candidate.id === id);
          if (image) onImage(image);
        }}
      />
    </FormSection>
  );
}
