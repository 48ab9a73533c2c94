import { ActionGroup, Alert, Button, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useState, type SyntheticEvent } from 'react';
import { PasswordInput } from '../core/layout/PasswordInput';
import type { Session } from '../core/api/types';
import { useLogIn } from './useLogIn';

interface Props {
  userName?: string;
  onLoggedIn: (session: Session) => void;
}

export function LogInForm({ userName: initial = '', onLoggedIn }: Props) {
  const [userName, setUserName] = useState(initial);
  const [password, setPassword] = useState('');
  const { busy, failure, waitSeconds, submit } = useLogIn(onLoggedIn);

  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!busy && waitSeconds === 0 && userName && password) void submit(userName, password);
  };

  return (
    <Form onSubmit={onSubmit} aria-label="Log in">
      {failure && (
        <Alert component="p" variant="danger" isInline isLiveRegion title={failure}>
          {waitSeconds > 0 && `The server accepts the next attempt in ${waitSeconds} s.`}
        </Alert>
      )}
      <FormGroup label="User name" fieldId="login-user" isRequired>
        <TextInput
          id="login-user"
          name="username"
          autoComplete="username"
          isRequired
          autoFocus={initial === ''}
          value={userName}
          onChange={(_event, value) => setUserName(value)}
        />
      </FormGroup>
      <FormGroup label="Password" fieldId="login-password" isRequired>
        <PasswordInput
          id="login-password"
          autoComplete="current-password"
          autoFocus={initial !== ''}
          value={password}
          onChange={setPassword}
        />
      </FormGroup>
      <ActionGroup>
        <Button
          type="submit"
          isBlock
          isLoading={busy}
          isDisabled={busy || waitSeconds > 0 || userName === '' || password === ''}
        >
          Log in
        </Button>
      </ActionGroup>
    </Form>
  );
}
