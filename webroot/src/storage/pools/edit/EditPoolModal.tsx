import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { api, ifUnchanged, unwrap } from '../../../core/api/client';
import { ApiError } from '../../../core/api/problem';
import type { Pool } from '../../../core/api/types';
import { FormModal } from '../../../core/form/FormModal';
import { TextField } from '../../../core/form/fields';
import { nameError } from '../../../core/form/names';
import { QueryState } from '../../../core/layout/QueryState';
import { driversQuery } from '../drivers';
import { changesOf, editsOf, fieldsOf, settingError } from './poolEdits';
import { SettingField } from './SettingField';

/** Changes what a pool is called and was told. */
export function EditPoolModal({ target: pool, onClose }: ActionDialogProps<Pool>) {
  const [before] = useState(() => editsOf(pool));
  const [typed, setTyped] = useState(before);
  const [version, setVersion] = useState(pool.version);
  const drivers = useQuery(driversQuery);
  const settings = drivers.data?.find(({ name }) => name === pool.driver)?.settings ?? [];
  const changes = changesOf(typed, before, settings);
  const wrong = settings.some((setting) => settingError(typed, setting) !== undefined);
  const save = async (): Promise<void> => {
    const params = { path: { poolId: pool.id }, header: ifUnchanged({ version }) };
    try {
      await unwrap(api.PATCH('/pools/{poolId}', { params, body: changes }));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) throw error;
      // The list may not have heard of it yet.
      const now = await unwrap(api.GET('/pools/{poolId}', { params: { path: { poolId: pool.id } } }));
      setVersion(now.version);
      throw new Error(`${error.message} Look at it in the list, and save again if what you typed is to stay.`);
    }
  };
  return (
    <FormModal
      title={`Edit ${before.name}`}
      submitLabel="Save"
      ready={Object.keys(changes).length > 0 && !wrong && nameError(typed.name) === undefined}
      fields={fieldsOf(settings)}
      onSubmit={save}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <TextField
            id="edit-pool-name"
            label="Name"
            required
            value={typed.name}
            error={nameError(typed.name) ?? errorOf('name')}
            onChange={(name) => setTyped((now) => ({ ...now, name }))}
          />
          <QueryState query={drivers} what="settings of this type of storage" compact>
            {() =>
              settings.map((setting) => (
                <SettingField
                  key={setting.name}
                  setting={setting}
                  typed={typed}
                  isSet={pool.secretNames.includes(setting.name)}
                  error={
                    settingError(typed, setting) ??
                    errorOf(`settings.${setting.name}`) ??
                    errorOf(`secrets.${setting.name}`)
                  }
                  onChange={(part) => setTyped((now) => ({ ...now, ...part }))}
                />
              ))
            }
          </QueryState>
        </>
      )}
    </FormModal>
  );
}
