-- A VM that is a template has all four: it stays off, and VMs are deployed from it.
alter table compute.vms
    add column template_family text collate "C",
    add column template_version int,
    add column template_note text,
    add column template_since timestamptz,
    add constraint vms_template_whole check (
        num_nulls(template_family, template_version, template_note, template_since) in (0, 4));
create unique index vms_by_template on compute.vms (template_family, template_version) where template_family is not null;

-- The highest version that a family ever had, so that no number is given twice.
create table compute.template_families (
    name text collate "C" primary key,
    newest_version int not null
);
