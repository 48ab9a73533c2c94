-- Whether a volume stands on the snapshot that it began with, which has to stay as long as it does.
alter table storage.volumes add column linked boolean not null default false;
create index linked_volumes on storage.volumes (origin_volume_id) where linked;
