-- How guests are set up, kept under a name to be used again. What is made by it gets a copy.
create table compute.customization_specs (
    id uuid primary key,
    -- Made by: the same request again finds what it made.
    operation_id uuid not null,
    name text not null,
    description text not null default '',
    host_name_pattern text not null,
    -- As creation takes it, with a password's hash and sealed user-data.
    cloud_init jsonb,
    cloudbase jsonb,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    version bigint not null default 1,
    check ((cloud_init is null) <> (cloudbase is null))
);
create unique index customization_specs_name on compute.customization_specs (lower(name) collate "C");
create unique index customization_specs_operation on compute.customization_specs (operation_id);
