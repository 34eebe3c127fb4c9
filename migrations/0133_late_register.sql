-- The register of late deliveries of one month, whose first day stands in `local_date`.
alter type report_kind add value 'late_register';
-- The company that a register is about, where its reader sees more than one.
alter table report add column company_id bigint;

-- Who wants the register without asking.
create table late_register_reader (
  person_id bigint primary key references person on delete cascade,
  -- On the first of each month.
  is_monthly boolean not null default false,
  -- Before the period for claims ends.
  is_warned boolean not null default false,
  -- First day of the newest month whose register was sent without asking.
  sent_month date,
  -- Claims whose period ends before this moment were warned of.
  warned_until timestamptz
);

create index trip_arrived_late on trip (arrived_at) where arrived_at > delivery_due_at;
