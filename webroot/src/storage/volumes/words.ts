/** What somebody has to know before several VMs get one volume. */
export const SHARING_WARNING =
  'Only a cluster file system, or a database made for that, can keep its data whole while several VMs write; any other file system on it is destroyed.';
