-- Set once a move sends nothing any more and only finds out where the VM is, which may last: it keeps no other one waiting then.
alter table compute.migrations add column sent_at timestamptz;
