import { FormGroup, Radio } from '@patternfly/react-core';
import type { Image } from '../../core/api/types';
import { QueryState } from '../../core/layout/QueryState';
import { useList } from '../../core/live/collection';
import { images as imageCollection } from '../../images/images';
import { CatalogueOffer } from './CatalogueOffer';
import type { DiskKind } from './hardware';
import { ImageChoice } from './ImageChoice';
import type { SectionProps } from './section';
import { VolumeChoice } from './VolumeChoice';

interface Props extends SectionProps {
  /** Those to choose from. */
  images: readonly Image[];
  onImage: (image: Image) => void;
}

const KINDS: readonly { value: DiskKind; label: string; id: string }[] = [
  { value: 'image', label: 'From an image', id: 'vm-from-image' },
  { value: 'empty', label: 'New and empty, to install from a CD-ROM', id: 'vm-from-nothing' },
  { value: 'volume', label: 'A volume that is there', id: 'vm-from-volume' },
];

/** What the first disk begins as. */
export function FirstDiskKind({ draft, errors, edit, images, onImage }: Props) {
  const query = useList(imageCollection);
  return (
    <>
      <FormGroup role="radiogroup" label="It begins" fieldId="vm-first-disk" isStack>
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
      {draft.firstDisk === 'image' && (
        <QueryState query={query} what="images" compact>
          {(all) =>
            images.length > 0 ? (
              <ImageChoice value={draft.imageId} images={images} error={errors.imageId} onImage={onImage} />
            ) : (
              <CatalogueOffer kind="cloud" library={all} />
            )
          }
        </QueryState>
      )}
    </>
  );
}
