import { SearchInput } from '@patternfly/react-core';
import { useState } from 'react';
import type { Image } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { formatBytes } from '../../core/format/bytes';
import { matches, sortRows } from '../../core/layout/sort';
import { hardwareHint, startWarning, systemOf } from '../../images/system/system';
import { LibraryLink } from './LibraryLink';

/** From so many on they are searched. */
const MANY = 12;

interface Props {
  value: string;
  images: readonly Image[];
  error: string | undefined;
  onImage: (image: Image) => void;
}

function imageLabel(image: Image): string {
  const kind = image.appliance && 'appliance';
  const facts = [kind, systemOf(image), formatBytes(image.virtualSizeBytes)].filter(Boolean).join(', ');
  return `${image.name} (${facts})`;
}

/** One of the library's images. */
export function ImageChoice({ value, images, error, onImage }: Props) {
  const [search, setSearch] = useState('');
  const chosen = images.find(({ id }) => id === value);
  // What is chosen stays in sight.
  const found = images.filter((image) => image.id === value || matches(search, image.name, systemOf(image)));
  const choices = sortRows(found, ({ name }) => name, false).map((image) => ({
    value: image.id,
    label: imageLabel(image),
  }));
  return (
    <>
      {images.length > MANY && (
        <SearchInput
          aria-label="Find an image"
          placeholder="Find an image"
          value={search}
          resultsCount={`${found.length} of ${images.length}`}
          onChange={(_event, text) => setSearch(text)}
          onClear={() => setSearch('')}
        />
      )}
      <SelectField
        id="vm-image"
        label="Image"
        required
        value={value}
        error={error}
        warning={startWarning(chosen)}
        hint={
          <>
            {hardwareHint(chosen)} <LibraryLink tab="cloud" />
          </>
        }
        choices={[{ value: '', label: 'Choose an image', disabled: true }, ...choices]}
        onChange={(id) => {
          const image = images.find((candidate) => candidate.id === id);
          if (image) onImage(image);
        }}
      />
    </>
  );
}
