create table images.images (
    id uuid primary key,
    name text not null,
    description text not null,
    operating_system text,
    default_user text,
    format text not null,
    state text not null,
    expected_sha256 text,
    sha256 text,
    file_bytes bigint not null default 0,
    virtual_size_bytes bigint not null default 0,
    problem text,
    wanted_pool_id uuid,
    -- Where the bytes arrive before they are checked.
    arrival_pool_id uuid,
    arrival_host_id uuid,
    created_at timestamptz not null default now(),
    version bigint not null default 1
);
create unique index images_by_name on images.images (lower(name));
create index images_by_sha256 on images.images (sha256);

create table images.copies (
    image_id uuid not null references images.images on delete cascade,
    pool_id uuid not null,
    host_id uuid not null,
    primary key (image_id, pool_id, host_id)
);
