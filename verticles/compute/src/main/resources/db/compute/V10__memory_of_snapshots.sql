-- What the machine was when a snapshot of it was made, and how large the memory is that was kept with it; absent: it was not.
alter table compute.snapshots add column machine jsonb;
alter table compute.snapshots add column memory_bytes bigint;
