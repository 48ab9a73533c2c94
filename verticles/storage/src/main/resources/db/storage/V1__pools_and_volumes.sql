create table storage.pools (
    id uuid primary key,
    name text not null,
    driver text not null,
    settings jsonb not null,
    created_at timestamptz not null default now(),
    version bigint not null default 1
);
create unique index pools_by_name on storage.pools (lower(name));

create table storage.pool_hosts (
    pool_id uuid not null references storage.pools on delete cascade,
    host_id uuid not null,
    report jsonb not null,
    reported_at timestamptz not null default now(),
    primary key (pool_id, host_id)
);

create table storage.volumes (
    id uuid primary key,
    pool_id uuid not null references storage.pools,
    host_id uuid not null,
    name text not null,
    format text not null,
    size_bytes bigint not null,
    allocated_bytes bigint not null default 0,
    state text not null,
    image_id uuid,
    vm_id uuid,
    path text,
    created_at timestamptz not null default now(),
    version bigint not null default 1
);
create unique index volumes_by_name on storage.volumes (pool_id, host_id, lower(name));
create index volumes_by_vm on storage.volumes (vm_id);
create index volumes_by_image on storage.volumes (image_id);
