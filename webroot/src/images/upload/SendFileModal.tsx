import { useState } from 'react';
import type { Image } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { FileField } from '../../core/form/FileField';
import { formatBytes } from '../../core/format/bytes';
import { isOf, readNote } from '../../core/upload/notes';
import { transfers } from '../../core/upload/transfers';
import { useSession } from '../../session/session';
import { contentPath } from '../images';
import { imageUpload, type Parts } from './imageUpload';
import { usePartsOf } from './usePartsOf';

type Target = Pick<Image, 'id' | 'name'>;

/** Ends when the upload goes on or waits for its turn. */
export function startSending(image: Target, file: File): Promise<void> {
  return transfers.start({
    ...imageUpload(image),
    file,
    again: (props) => <SendFileModal target={image} {...props} />,
  });
}

/** For an image whose file never came, or not to its end. */
export function SendFileModal({ target, onClose }: { target: Target; onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const parts = usePartsOf(target.id).data;
  const { session } = useSession();
  const note = readNote(session.userId, contentPath(target));
  const came = ({ cameBytes, lengthBytes }: Parts): string =>
    `${formatBytes(cameBytes)} of ${formatBytes(lengthBytes)} came before.`;
  const hint = (): string => {
    if (!parts)
      return 'The upload goes on while you look at other pages. Where it breaks off, it can be gone on with later.';
    if (!note) return `${came(parts)} They were not sent by you with this browser, so that it begins anew.`;
    if (file && !isOf(note, file)) return `${came(parts)} This is another file than ${note.fileName}: it begins anew.`;
    return `${came(parts)} ${file ? 'It goes on there.' : `Choose ${note.fileName} once more to go on there.`}`;
  };
  return (
    <FormModal
      title={`Upload the file of ${target.name}`}
      submitLabel="Upload"
      ready={file !== undefined}
      fields={[]}
      onSubmit={async () => {
        if (file) await startSending(target, file);
      }}
      onClose={onClose}
    >
      {() => <FileField id="draft-file" label="File" required file={file} hint={hint()} onChange={setFile} />}
    </FormModal>
  );
}
