-- What each source says of the system in an image, in the order in which they are believed.
alter table images.images add column systems jsonb not null default '{"claims":[]}';

-- What was one text: "Debian 12" becomes Debian and 12; one that does not end with a number is a name as a whole.
update images.images set systems = jsonb_build_object('claims', jsonb_build_array(jsonb_build_object(
        'source', case when catalogue_entry_id is null then 'USER' else 'CATALOGUE' end,
        'facts', jsonb_strip_nulls(jsonb_build_object(
            'family', case
                when operating_system ~* 'windows' then 'windows'
                when operating_system ~* 'bsd' then 'bsd'
                when operating_system ~* '(linux|debian|ubuntu|fedora|centos|rocky|alma|suse|arch|alpine|red hat|rhel|nixos|gentoo)'
                    then 'linux'
                else 'other' end,
            'distribution', left(coalesce(substring(operating_system from '^\s*(.*\S)\s+v?\d[\w.]*\s*$'), btrim(operating_system)), 60),
            'version', substring(operating_system from '\S\s+v?(\d[\w.]*)\s*$'))))))
    where operating_system ~ '\S';

alter table images.images drop column operating_system;

-- Who made it; nobody knows that of older images.
alter table images.images add column owner_id uuid;
alter table images.images add column owner_name text;
-- A private one is seen by its owner and by administrators.
alter table images.images add column visibility text not null default 'SHARED';
alter table images.images add column tags text[] not null default '{}';
create index images_by_owner on images.images (owner_id);
