-- First pages that take as long however many rows there are: each order in which a list is read has its index.

-- orders of a state, the newest first
create index on "order" (programme_id, state, placed_at, id);
-- by the beginning of their number
create index on "order" (programme_id, (number collate "C"));
-- a household's head by whole name, in the order of the list
create index on household (programme_id, head_name_index, area_path, code);
-- what a cell is made of, in the order of the log
create index on metric_fact (programme_id, metric, chunk);
