-- A start of a job is written down before the work and taken back after it, so that what stays behind was left by a process that
-- died. Whoever was in hand then is suspected, and does not run beside others any more: `attempts` counts only starts alone that
-- their process did not survive.
alter table workbook add column started_by text, add column started_alone boolean not null default false;
alter table report add column started_by text, add column started_alone boolean not null default false;
update workbook set attempts = 0 where status = 'pending' and attempts > 0;
update report set attempts = 0 where status = 'pending' and attempts > 0;
