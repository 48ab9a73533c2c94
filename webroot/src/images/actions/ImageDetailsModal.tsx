import { Alert, ModalBody, ModalHeader } from '@patternfly/react-core';
import type { ActionDialogProps } from '../../core/actions/action';
import { formatBytes } from '../../core/format/bytes';
import { formatTime } from '../../core/format/time';
import { Dialog } from '../../core/layout/Dialog';
import { Facts } from '../../core/layout/Facts';
import { CopyTable } from '../copies/CopyTable';
import { cameAs } from '../formats';
import { imageState } from '../imageState';
import type { LibraryImage } from '../library';
import { ImageUsers } from '../ImageUsers';
import { firmwareFact, memoryFact, systemFact, virtioFact } from '../system/system';
import { ApplianceFacts } from './ApplianceFacts';

export function ImageDetailsModal({ target: image, onClose }: ActionDialogProps<LibraryImage>) {
  return (
    <Dialog variant="medium" aria-labelledby="image-details" onClose={onClose}>
      <ModalHeader title={image.name} labelId="image-details" />
      <ModalBody>
        {image.problem && (
          <Alert component="p" variant="danger" isInline title={image.problem} className="lqx-gap-below" />
        )}
        <Facts
          title="Details"
          facts={[
            { term: 'State', value: imageState(image).text },
            { term: 'Description', value: image.description || undefined },
            { term: 'System', value: systemFact(image) },
            { term: 'Least memory', value: memoryFact(image) },
            { term: 'Firmware', value: firmwareFact(image) },
            { term: 'Virtio', value: virtioFact(image) },
            { term: 'Default user', value: image.defaultUser },
            { term: 'Format', value: image.format },
            { term: 'Came as', value: cameAs(image) },
            { term: 'Disk size', value: formatBytes(image.virtualSizeBytes) },
            { term: 'File size', value: formatBytes(image.fileBytes) },
            { term: 'SHA-256', value: image.sha256 && <span className="lqx-mono">{image.sha256}</span> },
            {
              term: 'SHA-256 as it came',
              value: image.cameAs && <span className="lqx-mono">{image.cameAs.sha256}</span>,
            },
            { term: 'Tags', value: image.tags.length > 0 ? image.tags.join(', ') : undefined },
            { term: 'Owner', value: image.owner?.name },
            {
              term: 'Seen by',
              value: image.visibility === 'PRIVATE' ? 'Its owner and administrators' : 'Everybody',
            },
            { term: 'Used by', value: <ImageUsers imageId={image.id} /> },
            { term: 'Created', value: formatTime(image.createdAt) },
          ]}
        />
        {image.appliance && (
          <div className="lqx-gap-above">
            <ApplianceFacts appliance={image.appliance} />
          </div>
        )}
        {image.copies.length > 0 && (
          <div className="lqx-gap-above">
            <CopyTable image={image} />
          </div>
        )}
      </ModalBody>
    </Dialog>
  );
}
