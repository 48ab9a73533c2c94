-- What becomes of a copy, what its file is, and which may go to make room.
alter table images.copies add column id uuid not null default gen_random_uuid();
alter table images.copies add column state text not null default 'READY';
-- Whether a person put it there.
alter table images.copies add column kept boolean not null default true;
-- Of its file; in a pool of disks, of the file that the disk was filled from.
alter table images.copies add column sha256 text;
alter table images.copies add column bytes bigint not null default 0;
alter table images.copies add column last_used_at timestamptz not null default now();
create unique index copies_by_id on images.copies (id);
update images.copies c set sha256 = i.sha256, bytes = i.file_bytes from images.images i where i.id = c.image_id;
