import { SharedSource } from './sharedSource';

const source = new SharedSource();

addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0];
  if (port) source.serve(port);
});
