import { Button } from '@patternfly/react-core';
import { PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import { listHint } from '../../core/form/listHint';
import type { Image } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { useList } from '../../core/live/collection';
import { images, isUsable } from '../../images/images';
import { systemOf } from '../../images/system/system';
import { CatalogueOffer } from './CatalogueOffer';
import { withoutDevice } from './devices';
import { withIso } from './draft';
import { EMPTY_DRIVE, MOST_DRIVES, NO_DRIVE } from './hardware';
import { LibraryLink } from './LibraryLink';
import type { SectionProps } from './section';

const isoLabel = (iso: Image): string => (systemOf(iso) ? `${iso.name} (${systemOf(iso)})` : iso.name);

/** The CD-ROM drives and what is in them. */
export function DriveFields({ draft, errors, edit }: SectionProps) {
  const query = useList(images);
  const isos = (query.data ?? []).filter((image) => image.format === 'iso' && isUsable(image));
  const { hardware } = draft;
  const { drives } = hardware;
  const find = (isoId: string | undefined): Image | undefined => isos.find(({ id }) => id === isoId);
  const choices = [
    { value: EMPTY_DRIVE, label: 'An empty drive' },
    ...isos.map((iso) => ({ value: iso.id, label: isoLabel(iso) })),
  ];
  const remove = (drive: number): void => {
    const bootOrder = withoutDevice(hardware.bootOrder, 'cdrom', drive);
    edit({ hardware: { ...hardware, drives: drives.toSpliced(drive, 1), bootOrder } });
  };
  const choose = (drive: number, chosen: string): void => {
    if (chosen === NO_DRIVE && drives.length > 1) {
      remove(drive);
      return;
    }
    const next = withIso(draft, drive, chosen, find(chosen), find(drives[drive]));
    const bootOrder = chosen === NO_DRIVE ? withoutDevice(hardware.bootOrder, 'cdrom', drive) : hardware.bootOrder;
    edit({ ...next, hardware: { ...next.hardware, bootOrder } });
  };
  return (
    <>
      {drives.map((drive, i) => (
        <div key={i} className={i > 0 ? 'lqx-field-with-button' : ''}>
          <SelectField
            id={`vm-cdrom-${i}`}
            label={i === 0 ? 'CD-ROM' : `CD-ROM ${i + 1}`}
            value={drive}
            error={errors[`cdroms[${i}]`]}
            hint={
              i === 0 &&
              listHint(
                query,
                'ISOs',
                <>
                  Where all disks are empty, the VM boots from it. <LibraryLink tab="isos" />
                </>,
              )
            }
            choices={i === 0 ? [{ value: NO_DRIVE, label: 'None' }, ...choices] : choices}
            onChange={(chosen) => choose(i, chosen)}
          />
          {i > 0 && (
            <Button
              variant="plain"
              icon={<TrashIcon />}
              aria-label={`Remove CD-ROM ${i + 1}`}
              onClick={() => remove(i)}
            />
          )}
        </div>
      ))}
      {drives.length < MOST_DRIVES && drives[0] !== NO_DRIVE && (
        <div>
          <Button
            variant="link"
            isInline
            icon={<PlusCircleIcon />}
            onClick={() => edit({ hardware: { ...hardware, drives: [...drives, EMPTY_DRIVE] } })}
          >
            Add a CD-ROM drive
          </Button>
        </div>
      )}
      {draft.firstDisk === 'empty' && query.data && isos.length === 0 && (
        <CatalogueOffer kind="iso" library={query.data} />
      )}
    </>
  );
}
