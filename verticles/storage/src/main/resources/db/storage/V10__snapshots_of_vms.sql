-- Of which snapshot of a whole VM it is a part: it is gone back to and deleted only with that, and its name is that one's.
alter table storage.snapshots add column vm_snapshot_id uuid;
drop index storage.snapshots_by_name;
create unique index snapshots_by_name on storage.snapshots (volume_id, lower(name)) where vm_snapshot_id is null;
create unique index snapshots_of_vms on storage.snapshots (vm_snapshot_id, volume_id) where vm_snapshot_id is not null;
