-- What was searched row by row: the history of an object, the newest update, workbooks of old
-- reports, and what an undone workbook told.
set local statement_timeout = '30min';
create index audit_object on audit (object, id);
create index audit_actor on audit (actor_id) where actor_id is not null;
create index telegram_update_seq on telegram_update (seq);
create index report_created_at on report (created_at) where content is not null;
-- Movements are written once. A position changes its workbook with every report: an index over that would end its updates in
-- place (see 0080), so positions are found by their containers.
create index movement_workbook on movement (workbook_id);

-- By default a fifth of a table is dead before anybody cleans up. These tables change all day long; the smallest of them are
-- read at every message.
alter table telegram_update set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table delivery set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table position set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table movement set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
alter table report set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table workbook set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table lookup set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table dialog set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table chat_pace set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
alter table lease set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
