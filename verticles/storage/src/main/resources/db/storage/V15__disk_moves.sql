-- Volumes that go to another pool while a VM has them, which is a task's of compute; they are where they were until that is decided.
create table storage.disk_moves (
    volume_id uuid primary key references storage.volumes on delete cascade,
    move_id uuid not null,
    -- Whose VM has the volume; it makes and deletes.
    host_id uuid not null,
    pool_id uuid not null references storage.pools,
    -- For which there is to be room in that pool.
    bytes bigint not null,
    -- How it is in that pool, once it is made there.
    path text,
    format text,
    -- Whose copy is to be deleted, once it is known which is the volume.
    loser uuid
);
create index disk_moves_by_pool on storage.disk_moves (pool_id);

-- A host may have a volume in one pool and something that was left of it in another.
alter table storage.leftovers drop constraint leftovers_pkey, add primary key (volume_id, host_id, pool_id);
