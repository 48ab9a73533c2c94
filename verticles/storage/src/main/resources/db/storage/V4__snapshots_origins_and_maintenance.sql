create table storage.snapshots (
    id uuid primary key,
    volume_id uuid not null references storage.volumes on delete cascade,
    name text not null,
    size_bytes bigint not null default 0,
    state text not null,
    created_at timestamptz not null default now(),
    version bigint not null default 1
);
create unique index snapshots_by_name on storage.snapshots (volume_id, lower(name));

-- What a volume began with, besides image_id, and whether it still shares blocks with that.
alter table storage.volumes
    add column origin_volume_id uuid,
    add column origin_snapshot_id uuid,
    add column independent boolean not null default false;

alter table storage.pools add column maintenance boolean not null default false;
