import type { Appliance } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { Facts } from '../../core/layout/Facts';
import { useList } from '../../core/live/collection';
import { diskTexts, FIRMWARE, nicTexts } from '../appliance';
import { images } from '../images';

function Lines({ texts }: { texts: readonly string[] }) {
  return (
    <ol className="lqx-plain-list">
      {texts.map((text, i) => (
        // They are in the order of the machine, and never change.
        <li key={i}>{text}</li>
      ))}
    </ol>
  );
}

/** The machine that an appliance is. */
export function ApplianceFacts({ appliance }: { appliance: Appliance }) {
  const imageList = useList(images).data ?? [];
  const nics = nicTexts(appliance);
  return (
    <Facts
      title="Hardware"
      facts={[
        { term: 'Machine', value: appliance.name || undefined },
        { term: 'Product', value: appliance.product },
        { term: 'vCPUs', value: appliance.vcpus },
        { term: 'Memory', value: formatBytes(appliance.memoryBytes) },
        { term: 'Firmware', value: FIRMWARE[appliance.firmware] },
        { term: 'Disks', value: <Lines texts={diskTexts(appliance, imageList)} /> },
        { term: 'Networks', value: nics.length > 0 ? <Lines texts={nics} /> : undefined },
      ]}
    />
  );
}
