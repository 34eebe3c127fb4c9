-- A slot goes to further readers as reports of their own, each with the rights of its reader: the row of the slot is the owner's, and
-- the others name it.
alter table report
  add column slot_report_id bigint,
  add column target_id bigint,
  -- The report waits for newer data until then, at most.
  add column not_before timestamptz,
  -- The source that it waits for; null: any.
  add column awaited_source_id bigint;
create unique index report_target on report (slot_report_id, target_id) where slot_report_id is not null;
create index report_awaits_data on report (not_before) where status = 'pending' and not_before is not null;

-- Slots whose reports left with old data after waiting in vain; the admins are notified once of each. Source 0 is any.
create table stale_slot (
  source_id bigint not null,
  planned_at timestamptz not null,
  noticed_at timestamptz not null default now(),
  primary key (source_id, planned_at)
);

-- A subscription that somebody was making when they turned to something else.
create table subscription_draft (
  person_id bigint primary key references person on delete cascade,
  state jsonb not null,
  saved_at timestamptz not null default now()
);

create index subscription_subject_text on subscription (subject, subject_text) where deleted_at is null and subject <> 'containers';
create index subscription_target_person on subscription_target (person_id) where person_id is not null;
