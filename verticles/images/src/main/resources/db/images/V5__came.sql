-- What the file was that an image was made of by unpacking or converting.
alter table images.images add column came_format text;
alter table images.images add column came_compression text;
alter table images.images add column came_sha256 text;
alter table images.images add column came_bytes bigint;
create index images_by_came_sha256 on images.images (came_sha256);
