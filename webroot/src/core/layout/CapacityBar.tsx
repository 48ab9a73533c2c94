import { Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import { formatBytes } from '../format/bytes';

interface Props {
  label: string;
  usedBytes: number;
  totalBytes: number;
}

const FULL = 0.95;
const NEARLY = 0.8;

/** How full something is; the colour warns before it is full, and the text says it too. */
export function CapacityBar({ label, usedBytes, totalBytes }: Props) {
  if (totalBytes <= 0) return <span className="lqx-subtle">not known</span>;
  const share = Math.min(1, Math.max(0, usedBytes / totalBytes));
  const variant = share >= FULL ? 'danger' : share >= NEARLY ? 'warning' : undefined;
  return (
    <Progress
      aria-label={label}
      size="sm"
      value={Math.round(share * 100)}
      variant={variant}
      measureLocation={ProgressMeasureLocation.outside}
      helperText={`${formatBytes(totalBytes - usedBytes)} free of ${formatBytes(totalBytes)}`}
    />
  );
}
