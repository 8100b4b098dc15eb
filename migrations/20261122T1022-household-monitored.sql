-- Who has been monitored for long is looked for every night.
create index on household (programme_id, monitored_from) where monitored_from is not null;
