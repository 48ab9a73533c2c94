create table compute.networks (
    id uuid primary key,
    name text not null,
    description text not null default '',
    kind text not null,
    settings jsonb not null,
    spoof_protection boolean not null default true,
    -- Whether each host is to have it, also those that join later.
    all_hosts boolean not null,
    deleting boolean not null default false,
    created_at timestamptz not null default now(),
    version bigint not null default 1
);
create unique index networks_name on compute.networks (lower(name) collate "C");
create unique index networks_bridge on compute.networks ((settings->>'bridge'), coalesce(settings->>'vlanId', ''))
    where kind = 'BRIDGE';
create unique index networks_host_network on compute.networks ((settings->>'hostNetwork')) where kind = 'HOST';

-- The hosts that are to have a network, and how it is there.
create table compute.network_hosts (
    network_id uuid not null references compute.networks on delete cascade,
    host_id uuid not null,
    state text not null default 'PENDING',
    problem text,
    since timestamptz not null default now(),
    primary key (network_id, host_id)
);
create index network_hosts_by_host on compute.network_hosts (host_id);

-- Which card is on which network; on two while it moves. A network that is used cannot be deleted.
create table compute.network_uses (
    mac text not null references compute.macs on delete cascade,
    network_id uuid not null references compute.networks,
    primary key (mac, network_id)
);
create index network_uses_by_network on compute.network_uses (network_id);

-- Until now a card named a libvirt network of its host.
-- Where there are VMs, their guests go on sending as they did until somebody decides otherwise.
insert into compute.networks (id, name, kind, settings, all_hosts, spoof_protection)
select gen_random_uuid(),
       case when same > 1 then name || '-' || same else name end,
       'HOST',
       jsonb_build_object('hostNetwork', name),
       true,
       not exists (select from compute.vms)
from (select name, row_number() over (partition by lower(name) order by name) as same
      from (select 'default' as name
            union
            select nic->>'network' from compute.vms, jsonb_array_elements(nics) as nic) as named) as numbered;

insert into compute.network_uses (mac, network_id)
select distinct macs.mac, networks.id
from compute.vms
cross join jsonb_array_elements(vms.nics) as nic
join compute.macs on macs.mac = nic->>'mac' and macs.vm_id = vms.id
join compute.networks on networks.settings->>'hostNetwork' = nic->>'network';

update compute.vms set nics = coalesce(
    (select jsonb_agg(
         nic || jsonb_build_object('networkId', networks.id, 'network', networks.name) order by position)
     from jsonb_array_elements(vms.nics) with ordinality as each (nic, position)
     join compute.networks on networks.settings->>'hostNetwork' = nic->>'network'),
    '[]');
