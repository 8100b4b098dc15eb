-- Figures are told by the areas of then or of now: the few that were replaced are asked for with every figure of now.
create index area_replaced on area (code) where replaced_by is not null;
create index organisation_succeeded on organisation (programme_id, id) where successor_id is not null;
