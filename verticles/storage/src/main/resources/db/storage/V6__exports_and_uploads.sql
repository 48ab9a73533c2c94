-- Files with what volumes held, for people to fetch. They outlive the volume, until they expire.
create table storage.exports (
    id uuid primary key,
    volume_id uuid not null,
    snapshot_id uuid,
    file_name text not null,
    format text not null,
    host_id uuid not null,
    bytes bigint,
    created_at timestamptz not null default now(),
    expires_at timestamptz
);
create index exports_by_volume on storage.exports (volume_id);
create index exports_by_expiry on storage.exports (expires_at);

-- Bytes that are to become volumes. The host keeps them as an image of the same id until then.
create table storage.uploads (
    id uuid primary key,
    name text not null,
    pool_id uuid not null,
    host_id uuid not null,
    format text not null,
    size_bytes bigint,
    sha256 text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index uploads_by_expiry on storage.uploads (expires_at);
