-- Claims that were recorded long after they are said to have happened: few, and looked for by those who supervise.
create index fact_late on fact (programme_id, recorded_at, id) where recorded_at - at > interval '7 days';
