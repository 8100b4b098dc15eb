-- For whose word an own key was registered; null of keys that others hold for it, and of those registered before it was told.
alter table signing_key add column speaks_as text check (speaks_as in ('party', 'bank', 'device'));
