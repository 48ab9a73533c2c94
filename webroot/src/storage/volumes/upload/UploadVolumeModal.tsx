import { useState } from 'react';
import { messageOf } from '../../../core/api/problem';
import type { VolumeUpload } from '../../../core/api/types';
import { FileField } from '../../../core/form/FileField';
import { FormModal } from '../../../core/form/FormModal';
import { SelectField, TextField } from '../../../core/form/fields';
import { useList } from '../../../core/live/collection';
import { beginsAsQcow2 } from '../../../core/upload/fileNames';
import { transfers } from '../../../core/upload/transfers';
import { pools } from '../../storage';
import { PlaceFields } from './PlaceFields';
import {
  FIELDS,
  formatOf,
  formatWarning,
  isReady,
  nameOf,
  problemsOf,
  roomWarning,
  toAnnouncement,
  type UploadForm,
} from './uploadForm';
import { contentPath, forgetUpload, volumeAnnouncement } from './volumeUpload';

interface Props {
  initial: UploadForm;
  /** The attempt that this one takes the place of. */
  earlier?: VolumeUpload;
  onClose: () => void;
}

/** A disk image of this computer that becomes a volume. The bytes go on when the dialog is closed. */
export function UploadVolumeModal({ initial, earlier, onClose }: Props) {
  const [form, setForm] = useState(initial);
  const [announcement] = useState(volumeAnnouncement);
  const poolQuery = useList(pools);
  const poolList = poolQuery.data ?? [];
  const pool = poolList.find((candidate) => candidate.id === form.poolId);
  const problems = problemsOf(form);
  const edit = (change: Partial<UploadForm>): void => setForm((now) => ({ ...now, ...change }));
  const choose = async (file: File | undefined): Promise<void> => {
    edit({ file, qcow2: undefined });
    if (!file) return;
    const qcow2 = await beginsAsQcow2(file);
    setForm((now) => (now.file === file ? { ...now, qcow2 } : now));
  };

  const submit = async (): Promise<void> => {
    if (!form.file) return;
    if (earlier) await forgetUpload(earlier);
    const upload = await announcement.announce(toAnnouncement(form));
    await transfers.start({
      path: contentPath(upload),
      name: upload.name,
      file: form.file,
      forget: () => forgetUpload(upload),
      again: (props) => <UploadVolumeModal initial={form} earlier={upload} {...props} />,
      ...(earlier ? { insteadOf: contentPath(earlier) } : {}),
    });
  };
  return (
    <FormModal
      title="Upload volume"
      submitLabel="Upload"
      ready={isReady(form, pool)}
      fields={FIELDS}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <FileField
            id="upload-file"
            label="File"
            required
            file={form.file}
            error={problems.file}
            hint="A disk image, raw or qcow2. The upload goes on while you look at other pages, until this tab is closed."
            onChange={(file) => void choose(file)}
          />
          <TextField
            id="upload-name"
            label="Name"
            required
            value={nameOf(form)}
            error={problems.name ?? errorOf('name')}
            onChange={(name) => edit({ name })}
          />
          <SelectField
            id="upload-format"
            label="Format of the file"
            required
            value={formatOf(form)}
            error={errorOf('format')}
            warning={formatWarning(form)}
            choices={[
              { value: 'qcow2', label: 'qcow2' },
              { value: 'raw', label: 'raw' },
            ]}
            onChange={(format) => edit({ format: format as UploadForm['format'] })}
          />
          <PlaceFields
            pools={poolList}
            poolId={form.poolId}
            hostId={form.hostId}
            warning={roomWarning(form, pool)}
            errorOf={errorOf}
            unread={poolQuery.isError ? `The pools could not be read. ${messageOf(poolQuery.error)}` : undefined}
            onChange={edit}
          />
          <TextField
            id="upload-sha256"
            label="SHA-256"
            mono
            value={form.sha256}
            error={problems.sha256 ?? errorOf('sha256')}
            hint="The file is refused when it has another one. May be left out."
            onChange={(sha256) => edit({ sha256 })}
          />
        </>
      )}
    </FormModal>
  );
}
