-- The trace that a row that waits belongs to (traceparent of W3C), so that whatever takes it up later goes on with it: see decision 0070.
-- A transaction names its own in a setting; where nothing is traced the setting is absent or empty.
alter table workbook add column trace text;
alter table incoming_document add column trace text;
alter table report add column trace text;
alter table broadcast add column trace text;
alter table delivery add column trace text;
alter table alert add column trace text;

-- Apart from the columns: rows that are there already keep none, and no table is written again.
alter table workbook alter column trace set default nullif(current_setting('atermtrack.trace', true), '');
alter table incoming_document alter column trace set default nullif(current_setting('atermtrack.trace', true), '');
alter table report alter column trace set default nullif(current_setting('atermtrack.trace', true), '');
alter table broadcast alter column trace set default nullif(current_setting('atermtrack.trace', true), '');
alter table delivery alter column trace set default nullif(current_setting('atermtrack.trace', true), '');
alter table alert alter column trace set default nullif(current_setting('atermtrack.trace', true), '');
