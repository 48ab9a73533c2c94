import { Menu, MenuContent, MenuItem, MenuList, Popper, SearchInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useSettled } from '../core/layout/useSettled';
import { usePage } from '../core/live/pages';
import { vmPages } from '../vms/list/vmPages';
import { vmState } from '../vms/vmState';

const SHOWN = 8;

/** Finds a VM by its name and adds it to the overview. */
export function AddVm({ onAdd }: { onAdd: (vmId: string) => void }) {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const query = usePage(vmPages, { typed: search }, undefined);
  const found = (query.data?.items ?? []).slice(0, SHOWN);
  const add = (vmId: string): void => {
    setTyped('');
    onAdd(vmId);
  };
  const menu = (
    <Menu onSelect={(_event, vmId) => add(String(vmId))} aria-label="VMs that were found">
      <MenuContent>
        <MenuList>
          {found.map((vm) => (
            <MenuItem key={vm.id} itemId={vm.id} description={vmState(vm).text}>
              {vm.name}
            </MenuItem>
          ))}
          {found.length === 0 && (
            <MenuItem isDisabled>{query.isFetching ? 'Looking …' : `No VM is called like "${search}".`}</MenuItem>
          )}
        </MenuList>
      </MenuContent>
    </Menu>
  );
  return (
    <Popper
      trigger={
        <SearchInput
          aria-label="Add a VM by its name"
          placeholder="Add a VM by its name"
          value={typed}
          onChange={(_event, next) => setTyped(next)}
          onClear={() => setTyped('')}
        />
      }
      popper={menu}
      isVisible={search !== '' && typed !== ''}
      appendTo={() => document.body}
    />
  );
}
