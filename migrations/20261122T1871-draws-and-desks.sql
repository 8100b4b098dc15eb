-- A seat whose expert left is drawn again: a move has several draws. And what a draw waited for: the log's first head
-- over this fact went into its seed; none in the draws of before, which took the latest head there was.
alter table process_draw add column no int not null default 0;
alter table process_draw add column after_fact uuid;
alter table process_draw drop constraint process_draw_pkey, add primary key (programme_id, case_id, move_no, no);

-- Whether whoever objected is named to those who read the case. Nobody was asked before.
alter table process_objection add column named boolean not null default false;

-- What lies with one person, to be given back when they no longer hold its role.
create index on process_task (programme_id, member_id) where closed_at is null and member_id is not null;

-- A person's desk is now that of one role at one place: `<member>:<role>@<place>`, of seats `seat:<member>:<role>@*`.
delete from process_desk where desk like 'member@%';
insert into process_desk (programme_id, desk, due_on, task_id, process, state)
select t.programme_id,
       case t.kind when 'seat' then 'seat:' else '' end || t.member_id || ':' || coalesce(t.role, '') || '@' || p.place,
       coalesce(t.due_on, '9999-12-31'), t.id, t.process, t.state
  from process_task t cross join lateral (
    select t.organisation_id::text as place where t.organisation_id is not null
    union all
    select '*' where t.organisation_id is null and t.area_path is null
    union all
    select array_to_string((string_to_array(t.area_path, '/'))[1:n], '/')
      from generate_series(1, cardinality(string_to_array(t.area_path, '/'))) n
     where t.organisation_id is null) p
 where t.closed_at is null and t.member_id is not null and t.kind <> 'standing';
