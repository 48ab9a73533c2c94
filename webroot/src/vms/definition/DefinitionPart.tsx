import { Alert, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../core/api/client';
import type { Vm, VmDefinition } from '../../core/api/types';
import { formatTime } from '../../core/format/time';
import { QueryState } from '../../core/layout/QueryState';
import { DefinitionButtons } from './DefinitionButtons';
import { XmlText } from './XmlText';

type View = 'live' | 'defined';

const VIEWS: Record<View, string> = { live: 'Running now', defined: 'From the next start' };

const SUSPENDED =
  'The VM is suspended: it goes on as it was saved. What is here is what it is started from after that.';

interface DefinitionProps {
  vm: Vm;
  definition: VmDefinition;
  onRead: () => void;
}

function Definition({ vm, definition, onRead }: DefinitionProps) {
  const [wanted, setWanted] = useState<View>('live');
  const view = definition.live === undefined ? 'defined' : wanted;
  const text = (view === 'live' ? definition.live : undefined) ?? definition.defined;
  return (
    <>
      <Toolbar inset={{ default: 'insetNone' }}>
        <ToolbarContent>
          <ToolbarItem>
            <ToggleGroup aria-label="Which definition">
              {(Object.keys(VIEWS) as View[]).map((one) => (
                <ToggleGroupItem
                  key={one}
                  text={VIEWS[one]}
                  isSelected={one === view}
                  isDisabled={one === 'live' && definition.live === undefined}
                  onChange={() => setWanted(one)}
                />
              ))}
            </ToggleGroup>
          </ToolbarItem>
          <DefinitionButtons
            text={text}
            fileName={view === 'live' ? `${vm.name} running.xml` : `${vm.name}.xml`}
            onRead={onRead}
          />
          <ToolbarItem alignSelf="center" className="lqx-subtle">
            {definition.live === undefined && 'It does not run. '}Read {formatTime(definition.readAt)}
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {vm.powerState === 'SUSPENDED' && (
        <Alert component="p" variant="info" isInline title={SUSPENDED} className="lqx-gap-below" />
      )}
      <XmlText name={`Definition of ${vm.name}: ${VIEWS[view]}`} text={text} />
    </>
  );
}

/** The definition of a VM as libvirt has it, read anew when the VM changes. */
export default function DefinitionPart({ vm }: { vm: Vm }) {
  const query = useQuery({
    queryKey: ['vm-definition', vm.id, vm.changedAt],
    queryFn: () => unwrap(api.GET('/vms/{vmId}/definition', { params: { path: { vmId: vm.id } } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <QueryState query={query} what="definition">
      {(definition) => <Definition vm={vm} definition={definition} onRead={() => void query.refetch()} />}
    </QueryState>
  );
}
