-- What changes when the VM is started the next time, as its host read it last from libvirt, and what room is kept for it while that is more
-- than its spec says, because it still runs with more.
alter table compute.vms add column pending jsonb not null default '[]', add column room jsonb;
