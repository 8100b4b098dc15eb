-- Why a run ended before its file did: the code of the refusal.
alter table import_run add column refused text check (state = 'done' or refused is null);
