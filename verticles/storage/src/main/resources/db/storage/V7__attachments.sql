-- Which VMs have a volume. One that is not shareable is in one row at most, whoever writes at the same moment.
create table storage.attachments (
    volume_id uuid not null references storage.volumes on delete cascade,
    vm_id uuid not null,
    read_only boolean not null default false,
    -- As the volume is, which does not change while it has rows here.
    shareable boolean not null default false,
    attached_at timestamptz not null default clock_timestamp(),
    primary key (volume_id, vm_id)
);
create unique index attachments_alone on storage.attachments (volume_id) where not shareable;
create index attachments_by_vm on storage.attachments (vm_id);
insert into storage.attachments (volume_id, vm_id) select id, vm_id from storage.volumes where vm_id is not null;

alter table storage.volumes drop column vm_id, add column shareable boolean not null default false;
