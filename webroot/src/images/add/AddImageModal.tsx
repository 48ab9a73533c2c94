import { useState } from 'react';
import { api, unwrap } from '../../core/api/client';
import { FormModal } from '../../core/form/FormModal';
import { startSending } from '../upload/SendFileModal';
import { ImageAnnouncement } from './announcement';
import { DescriptionFields } from './DescriptionFields';
import { EMPTY_FORM, FIELDS, isReady, listOf, toAnnouncement, toHostFile, type ImageForm } from './form';
import { SourceFields } from './SourceFields';

/** Announces an image, then sends its file, or has a host read or fetch it. */
export function AddImageModal({ onClose }: { onClose: () => void }) {
  const [form, setForm] = useState<ImageForm>(EMPTY_FORM);
  const [announcement] = useState(() => new ImageAnnouncement());
  const edit = (change: Partial<ImageForm>): void => setForm((now) => ({ ...now, ...change }));

  const submit = async (): Promise<void> => {
    const list = listOf(form);
    const listed = list && (await unwrap(api.POST('/image-checksums', { body: list })));
    const image = await announcement.announce(toAnnouncement(form, listed));
    if (form.source === 'host') await announcement.importFile(image, toHostFile(form));
    else if (form.source === 'web') await announcement.download(image, form.url.trim());
    else if (form.file) await startSending(image, form.file);
  };
  return (
    <FormModal
      title="Add image"
      submitLabel="Add image"
      ready={isReady(form)}
      fields={FIELDS}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <SourceFields form={form} edit={edit} errorOf={errorOf} />
          <DescriptionFields form={form} edit={edit} errorOf={errorOf} />
        </>
      )}
    </FormModal>
  );
}
