import { Alert } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { Image } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { images, isUsable } from '../../images/images';
import { systemOf } from '../../images/system/system';
import { withIso } from './draft';
import type { SectionProps } from './section';

/** What is in the CD-ROM drive. */
export function IsoField({ draft, errors, edit }: SectionProps) {
  const query = useList(images);
  const isos = (query.data ?? []).filter((image) => image.format === 'iso' && isUsable(image));
  const { hardware } = draft;
  const find = (isoId: string): Image | undefined => isos.find(({ id }) => id === isoId);
  return (
    <>
      <SelectField
        id="vm-iso"
        label="CD-ROM"
        value={hardware.isoId}
        error={errors.isoId}
        hint="An ISO of the library. Where all disks are empty, the VM boots from it."
        choices={[
          { value: '', label: 'None' },
          ...isos.map((iso) => ({
            value: iso.id,
            label: systemOf(iso) ? `${iso.name} (${systemOf(iso)})` : iso.name,
          })),
        ]}
        onChange={(isoId) => edit(withIso(draft, find(isoId), find(hardware.isoId)))}
      />
      {draft.firstDisk === 'empty' && query.data && isos.length === 0 && (
        <Alert component="p" variant="warning" isInline title="There is no ISO to install from">
          An empty disk starts nothing. <Link to="/images">Add an ISO to the library</Link> first.
        </Alert>
      )}
    </>
  );
}
