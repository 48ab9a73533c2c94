import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, unwrap } from '../core/api/client';
import { messageOf } from '../core/api/problem';
import type { Vm } from '../core/api/types';
import { isOn } from '../vms/isOn';

const EVERY_MS = 5000;
const LARGEST = 480;

async function takePicture(vmId: string): Promise<Blob> {
  const params = { path: { vmId }, query: { size: LARGEST } };
  const picture: unknown = await unwrap(api.GET('/vms/{vmId}/picture', { params, parseAs: 'blob' }));
  if (!(picture instanceof Blob)) throw new Error('The picture of the screen is none.');
  return picture;
}

function useAddress(picture: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!picture) return undefined;
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return picture && address;
}

/** What is on the screen of a VM, looked at every few seconds while the page is looked at. */
export function ScreenPicture({ vm }: { vm: Vm }) {
  const on = isOn(vm);
  const query = useQuery({
    queryKey: ['vm-picture', vm.id],
    queryFn: () => takePicture(vm.id),
    enabled: on,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchInterval: EVERY_MS,
  });
  const address = useAddress(query.data);
  if (!on) return <span className="lqx-picture-none">Off</span>;
  if (query.error) return <span className="lqx-picture-none">{messageOf(query.error)}</span>;
  if (!address) return <span className="lqx-picture-none">Looking …</span>;
  return <img src={address} alt={`Screen of ${vm.name}`} className="lqx-picture" />;
}
