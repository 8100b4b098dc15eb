-- Whoever is back early, or does not go, ends the absence: nobody stands in from then on.
alter table process_absence add column ended_at timestamptz;
grant update (ended_at) on process_absence to silian_app;
