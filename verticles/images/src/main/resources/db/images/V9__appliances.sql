-- What machine an appliance is, and which one an image is a disk of.
alter table images.images add column appliance jsonb;
alter table images.images add column appliance_id uuid references images.images;
create index images_by_appliance on images.images (appliance_id);
