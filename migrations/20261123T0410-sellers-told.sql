-- Who follows the log tells people of what it found.
grant insert on notification to silian_batch;
