-- Which boot of each host was seen last: its VMs are started once after each.
create table compute.host_boots (
    host_id uuid primary key,
    boot_id text not null
);
