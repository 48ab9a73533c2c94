-- Catalogues that are read again and again: files of the folder of catalogues, and addresses of the web.
create table images.catalogue_sources (
    id uuid primary key,
    kind text not null,
    -- The name of the file, or the address.
    location text not null,
    -- What was last read that is a catalogue, with the tag by which its server knows it.
    content text,
    etag text,
    read_at timestamptz,
    -- Why it cannot be read now.
    problem text,
    problem_since timestamptz,
    due_at timestamptz not null default now(),
    -- Who reads it now, until when; only that one may say what was read.
    lease uuid,
    leased_until timestamptz
);
create unique index catalogue_sources_by_location on images.catalogue_sources (kind, location);
-- Which entry of the catalogue it came from.
alter table images.images add column catalogue_entry_id uuid;
create index images_by_catalogue_entry on images.images (catalogue_entry_id);
