-- The CD-ROM drives and from which pool each has its ISO.
alter table compute.vms add column cdroms jsonb not null default '[]';
