-- An organisation that moves under another parent may lie in another area from then on; rows of before this column
-- lay where it lies now.
alter table organisation_past add column area_code text references area (code);

-- declarations move with their unit, by a subscription
grant update (area_path) on declaration to silian_batch;
