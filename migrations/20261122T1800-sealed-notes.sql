-- What somebody writes beside a decision, and what a sender calls a file, may name people: sealed from now on. The
-- columns in clear stay for what is there and for the release before; nothing is written to them any more.
alter table process_task add column note_sealed bytea;
alter table process_move add column note_sealed bytea;

alter table register_proposal add column note_sealed bytea;
grant update (note_sealed) on register_proposal to silian_app;
-- those that wait, of a register: the list of whoever decides them
create index on register_proposal (programme_id, register, id) where state = 'open';

alter table file add column name_sealed bytea;
