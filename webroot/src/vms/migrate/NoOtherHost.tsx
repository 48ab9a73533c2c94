import { ServerIcon } from '@patternfly/react-icons';
import { LinkButton } from '../../core/layout/LinkButton';
import { NothingYet } from '../../core/layout/NothingYet';

/** Said where the VM's host is the only one. */
export function NoOtherHost() {
  return (
    <NothingYet
      icon={ServerIcon}
      title="There is no other host"
      body="Add one: start LimiQuantix with config/host.yaml on a machine that has libvirt and QEMU. It joins by itself, and is offered here then."
      action={
        <LinkButton to="/hosts" variant="link">
          Go to the hosts
        </LinkButton>
      }
    />
  );
}
