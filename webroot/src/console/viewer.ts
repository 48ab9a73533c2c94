import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import type { Vm } from '../core/api/types';
import { saveFile } from './savePicture';

/** Where viewers outside of the browser connect; without a port they are not served. */
export function useViewerAccess(): UseQueryResult<{ port?: number }> {
  return useQuery({ queryKey: ['viewer-access'], queryFn: () => unwrap(api.GET('/viewers')) });
}

/** Saves a file that opens the VM's screen in virt-viewer's remote-viewer, once and soon. */
export async function saveViewerFile(vm: Vm): Promise<void> {
  const params = { path: { vmId: vm.id } };
  const text = await unwrap(api.POST('/vms/{vmId}/viewer-files', { params, parseAs: 'text' }));
  saveFile(new Blob([text], { type: 'application/x-virt-viewer' }), `${vm.name}.vv`);
}

/** Hands the VM's screen over to the program that opens links of QVMRC. */
export async function openViewerLink(vm: Vm): Promise<void> {
  const { link } = await unwrap(api.POST('/vms/{vmId}/viewer-links', { params: { path: { vmId: vm.id } } }));
  window.location.assign(link);
}

export const CERTIFICATES = '/api/v1/viewers/certificates';
