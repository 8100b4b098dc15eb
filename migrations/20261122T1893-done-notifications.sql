-- What was told of a task is read once the task is done: a cause is '<kind>:<task>…'.
create index notification_unread_of on notification (programme_id, split_part(cause, ':', 2)) where read_at is null;
