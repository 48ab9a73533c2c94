import { Checkbox } from '@patternfly/react-core';
import { useState } from 'react';
import type { Pool } from '../../core/api/types';
import { formatBytes, GIB, gibCeil } from '../../core/format/bytes';
import { FormModal } from '../../core/form/FormModal';
import { NumberField, SelectField, TextField } from '../../core/form/fields';
import { nameError } from '../../core/form/names';
import { useList } from '../../core/live/collection';
import { isReadyIn } from '../../images/copies/copies';
import { images, isBootable } from '../../images/images';
import { volumeCreation } from '../creations';
import { FormatFields, possibleFormat, type FormatChoice } from './FormatFields';
import { hostChoices } from './hostChoices';

interface Props {
  pools: readonly Pool[];
  /** Where it is to be reached from, unless another is chosen. */
  onHost?: string;
  onClose: () => void;
}

/** A volume that begins empty or as an image. */
export function CreateVolumeModal({ pools, onHost = '', onClose }: Props) {
  const [name, setName] = useState('');
  const [gib, setGib] = useState(10);
  const [poolId, setPoolId] = useState(pools[0]?.id ?? '');
  const [hostId, setHostId] = useState(onHost);
  const [imageId, setImageId] = useState('');
  const [whole, setWhole] = useState(false);
  const [format, setFormat] = useState<FormatChoice>({ format: undefined, shareable: false });
  const [creation] = useState(volumeCreation);
  const pool = pools.find((candidate) => candidate.id === poolId);
  const bootable = (useList(images).data ?? []).filter((image) => isBootable(image) && isReadyIn(image, poolId));
  const image = bootable.find((candidate) => candidate.id === imageId);
  const least = image ? gibCeil(image.virtualSizeBytes) : 0;
  const kept = possibleFormat(format, pool);
  const large = gib > 0 && gib >= least;

  const submit = async (): Promise<void> => {
    await creation.make({
      poolId,
      name,
      sizeBytes: Math.round(gib * GIB),
      ...(hostId === '' || pool?.shared ? {} : { hostId }),
      ...(image ? { imageId: image.id } : {}),
      ...(whole && !image ? { preallocation: 'FULL' as const } : {}),
      ...(kept.format ? { format: kept.format } : {}),
      ...(kept.shareable ? { shareable: true } : {}),
    });
  };
  return (
    <FormModal
      title="Create volume"
      submitLabel="Create volume"
      ready={nameError(name) === undefined && large && poolId !== ''}
      fields={['name', 'sizeBytes', 'poolId', 'hostId', 'imageId', 'format']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="volume-name"
            label="Name"
            required
            value={name}
            error={(name === '' ? undefined : nameError(name)) ?? errorOf('name')}
            onChange={setName}
          />
          <SelectField
            id="volume-pool"
            label="Pool"
            required
            value={poolId}
            error={errorOf('poolId')}
            choices={pools.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={(id) => {
              setPoolId(id);
              setHostId(onHost);
              setImageId('');
            }}
          />
          {!pool?.shared && (
            <SelectField
              id="volume-host"
              label="Host"
              value={hostId}
              error={errorOf('hostId')}
              choices={[{ value: '', label: 'Automatic' }, ...hostChoices(pool)]}
              onChange={setHostId}
            />
          )}
          <SelectField
            id="volume-image"
            label="Begins as"
            value={imageId}
            error={errorOf('imageId')}
            hint="Images that are in this pool can be chosen; others can be brought there on the page Images."
            choices={[
              { value: '', label: 'Empty, reads as zeroes' },
              ...bootable.map((choice) => ({ value: choice.id, label: `Image ${choice.name}` })),
            ]}
            onChange={setImageId}
          />
          <NumberField
            id="volume-size"
            label="Size (GiB)"
            required
            min={Math.max(1, least)}
            value={gib}
            error={
              large || !image
                ? errorOf('sizeBytes')
                : `The image needs ${formatBytes(image.virtualSizeBytes)} at least.`
            }
            onChange={setGib}
          />
          {!image && (
            <Checkbox
              id="volume-whole"
              label="Take all its space at once"
              description="Slower to make; the pool cannot become full under it later."
              isChecked={whole}
              onChange={(_event, checked) => setWhole(checked)}
            />
          )}
          <FormatFields pool={pool} value={format} errorOf={errorOf} onChange={setFormat} />
        </>
      )}
    </FormModal>
  );
}
