import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import { FormModal } from '../../core/form/FormModal';
import { SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { images, isUsable } from '../../images/images';
import { changeMedium, driveName, type Drive } from './drive';
import { ForceField } from './ForceField';

/** Puts an ISO of the library into a drive, in place of what is in it. */
export function InsertModal({ target: drive, onClose }: ActionDialogProps<Drive>) {
  const isos = (useList(images).data ?? []).filter((image) => image.format === 'iso' && isUsable(image));
  const [imageId, setImageId] = useState('');
  const [force, setForce] = useState(false);
  return (
    <FormModal
      title={`Insert an ISO into ${driveName(drive)} of ${drive.vm.name}`}
      submitLabel="Insert"
      ready={imageId !== '' && imageId !== drive.imageId}
      fields={['imageId']}
      onSubmit={async () => {
        await changeMedium(drive.vm, drive.number, imageId, force);
      }}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <SelectField
            id="cdrom-iso"
            label="ISO"
            required
            value={imageId}
            error={errorOf('imageId')}
            hint={
              isos.length === 0
                ? 'There is no ISO in the library; add one there first.'
                : 'It is brought to the host of the VM first, where it is not there yet.'
            }
            choices={[
              { value: '', label: 'Choose one' },
              ...isos.map(({ id, name }) => ({ value: id, label: name, disabled: id === drive.imageId })),
            ]}
            onChange={setImageId}
          />
          {drive.imageId !== undefined && <ForceField value={force} onChange={setForce} />}
        </>
      )}
    </FormModal>
  );
}
