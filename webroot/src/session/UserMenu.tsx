import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { UserIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { messageOf } from '../core/api/problem';
import { useToast } from '../core/notify/toasts';
import { ChangePasswordModal } from './ChangePasswordModal';
import { useSession } from './session';
import { SshKeysModal } from './SshKeysModal';

export function UserMenu() {
  const { session, logOut } = useSession();
  const [open, setOpen] = useState(false);
  const [changing, setChanging] = useState(false);
  const [showingKeys, setShowingKeys] = useState(false);
  const toast = useToast();
  const leave = (): void => {
    logOut().catch((error: unknown) => toast({ variant: 'danger', title: 'Log out failed', body: messageOf(error) }));
  };
  return (
    <>
      <Dropdown
        isOpen={open}
        onOpenChange={setOpen}
        onSelect={() => setOpen(false)}
        popperProps={{ position: 'right' }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant="plainText"
            icon={<UserIcon />}
            isExpanded={open}
            aria-label={`User menu: ${session.userName}`}
            onClick={() => setOpen(!open)}
          >
            <span className="lqx-truncate lqx-user">{session.userName}</span>
          </MenuToggle>
        )}
      >
        <DropdownList>
          <DropdownItem onClick={() => setChanging(true)}>Change password</DropdownItem>
          <DropdownItem onClick={() => setShowingKeys(true)}>SSH keys</DropdownItem>
          <DropdownItem onClick={leave}>Log out</DropdownItem>
        </DropdownList>
      </Dropdown>
      {showingKeys && <SshKeysModal onClose={() => setShowingKeys(false)} />}
      {changing && <ChangePasswordModal onClose={() => setChanging(false)} />}
    </>
  );
}
