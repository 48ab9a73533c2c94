-- Files for people to fetch are made of images and virtual machines too.
alter table storage.exports alter column volume_id drop not null;
alter table storage.exports add column origin_kind text not null default 'VOLUME';
-- Absent where it is the volume.
alter table storage.exports add column origin_id uuid;
alter table storage.exports add column sha256 text;
create index exports_by_origin on storage.exports ((coalesce(origin_id, volume_id)));
drop index storage.exports_by_volume;
