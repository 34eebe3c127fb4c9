-- Whom a delivery may reach. It is checked when the row is claimed for sending: rights may be gone since it was written.
create type delivery_audience as enum ('anybody', 'member', 'admin');
alter table delivery add column audience delivery_audience not null default 'member';
-- What waits was written by an earlier release; personal data and answers to people without access must still arrive.
update delivery set audience = 'anybody'
where status in ('pending', 'retry') and (
  report_id is null and kind in ('alert', 'answer')
  or address <> ''
  -- As text: a value that was added to the type in the same transaction cannot be compared in PostgreSQL before 17.
  or report_id in (select id from report where kind::text = 'personal_data'));

-- The scope that the workbook was built for, as scopeKey writes it. A report that has not left when the scope changes is built anew.
alter table report add column built_for text;

-- The same of an answer that waits in the ledger. One that has not left when the scope changes is cancelled.
alter table delivery add column built_for text;

-- When the person read that something was stopped because they have no access. They read it once until they have access again.
alter table person add column no_access_told_at timestamptz;
