import { Banner, Button, Flex } from '@patternfly/react-core';
import { useState } from 'react';
import { useStreamState } from './LiveProvider';
import { ChangePasswordModal } from './session/ChangePasswordModal';
import { useSession } from './session/session';

/** What the whole page should know: the live connection is lost, somebody else is logged in, or the password is
 * still the first one. */
export function Banners() {
  const stream = useStreamState();
  const { session, formerUser, forgetFormerUser } = useSession();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <div role="status">
        {stream === 'lost' && (
          <Banner status="warning" screenReaderText="Warning:">
            The connection to the server is lost. What you see may be out of date; trying to reconnect…
          </Banner>
        )}
        {formerUser !== undefined && (
          <Banner status="warning" screenReaderText="Warning:">
            <Flex gap={{ default: 'gapMd' }}>
              This browser is now logged in as {session.userName}, no longer as {formerUser}. What you do here is done
              as {session.userName}.
              <Button variant="link" isInline onClick={forgetFormerUser}>
                Understood
              </Button>
            </Flex>
          </Banner>
        )}
      </div>
      {session.mustChangePassword && (
        <Banner status="info" screenReaderText="Notice:">
          <Flex gap={{ default: 'gapMd' }}>
            You still have the password you were given.
            <Button variant="link" isInline onClick={() => setChanging(true)}>
              Choose your own
            </Button>
          </Flex>
        </Banner>
      )}
      {changing && <ChangePasswordModal onClose={() => setChanging(false)} />}
    </>
  );
}
