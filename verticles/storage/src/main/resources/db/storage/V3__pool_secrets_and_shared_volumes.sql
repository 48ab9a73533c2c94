-- What drivers call secret, sealed with the installation's key, and which of them there are.
alter table storage.pools
    add column secret_names jsonb not null default '{"names":[]}',
    add column secrets bytea;

-- A volume of a pool that its hosts share lies on none of them.
alter table storage.volumes alter column host_id drop not null;
drop index storage.volumes_by_name;
create unique index volumes_by_name on storage.volumes (pool_id, host_id, lower(name)) nulls not distinct;
