import { test } from 'node:test';
import { openPage, vmRow } from './harness.mjs';

test('changes that nobody answers for are said to be unknown, and asked for again', async (t) => {
  const { page, mock } = await openPage(t, '/vms', 'full', { heldStreams: 1 });
  const { name } = mock.state.vm[0];
  await vmRow(page, name).waitFor();
  const lost = page.getByText('The connection to the server is lost');
  await lost.waitFor();
  // While nobody listens.
  mock.state.vm[0].name = 'renamed-meanwhile';
  await vmRow(page, 'renamed-meanwhile').waitFor();
  await lost.waitFor({ state: 'detached' });
});
