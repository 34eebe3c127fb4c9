-- Whether a report is the first of its reader that waits is asked for each report of a batch. The condition names the ends and not
-- `pending`: in `report_pending` the planner expects a row or two, and would walk all of a morning's thousands each time.
create index report_not_ended on report (subscription_id, chat_id, id) where status not in ('built', 'skipped', 'failed');
