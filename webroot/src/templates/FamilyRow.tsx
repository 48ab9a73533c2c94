import { Button } from '@patternfly/react-core';
import { AngleDownIcon, AngleRightIcon } from '@patternfly/react-icons';
import { ExpandableRowContent, Tbody, Td, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { ActionButton } from '../core/actions/ActionButton';
import { formatBytes } from '../core/format/bytes';
import { formatTime } from '../core/format/time';
import { Remark } from '../core/layout/Remark';
import { Truncated } from '../core/layout/Truncated';
import { deployTemplate } from './actions';
import { rowsOf, type Family } from './templates';
import { VersionTable } from './VersionTable';
import { neededBy } from './versions';

export const HEADERS = [
  { label: 'Name', width: 15 },
  { label: 'Newest version', width: 10 },
  { label: 'System', width: 15 },
  { label: 'Since', width: 20 },
  { label: 'Disks', width: 10 },
  { label: 'Needed by', width: 10 },
] as const;

interface Props {
  family: Family;
  /** The guest's operating system, as far as its image tells. */
  system: string | undefined;
}

/** A family of templates; its versions unfold below it. */
export function FamilyRow({ family, system }: Props) {
  const [open, setOpen] = useState(false);
  const newest = rowsOf(family)[0];
  if (!newest) return null;
  const { version } = newest;
  return (
    <Tbody isExpanded={open}>
      <Tr isContentExpanded={open}>
        <Td>
          <Button
            variant="plain"
            size="sm"
            icon={open ? <AngleDownIcon /> : <AngleRightIcon />}
            aria-label={`Versions of ${family.name}`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
        </Td>
        <Td dataLabel="Name">
          <Truncated text={family.name} />
          <Remark text={version.note} />
        </Td>
        <Td dataLabel="Newest version" modifier="nowrap">
          {version.version}
          {family.versions.length > 1 && <span className="lqx-subtle"> of {family.versions.length}</span>}
        </Td>
        <Td dataLabel="System">
          <Truncated text={system ?? '–'} />
        </Td>
        <Td dataLabel="Since">{formatTime(version.since)}</Td>
        <Td dataLabel="Disks" modifier="nowrap">
          {formatBytes(version.sizeBytes)}
        </Td>
        <Td dataLabel="Needed by" modifier="nowrap">
          {neededBy(family.versions)}
        </Td>
        <Td>
          <ActionButton target={newest} action={deployTemplate} variant="link" />
        </Td>
      </Tr>
      <Tr isExpanded={open}>
        <Td />
        <Td colSpan={HEADERS.length + 1}>
          <ExpandableRowContent>{open && <VersionTable family={family} />}</ExpandableRowContent>
        </Td>
      </Tr>
    </Tbody>
  );
}
