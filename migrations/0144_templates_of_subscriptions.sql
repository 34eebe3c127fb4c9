-- A workbook of a person's own that each report of a subscription fills instead of making a new one. One for a subscription.
create table subscription_template (
  subscription_id bigint primary key references subscription on delete cascade,
  source_sha256 bytea not null references blob,
  file_name text not null,
  stored_at timestamptz not null default now(),
  -- Why it could not be filled, since its owner was notified.
  failed_reason text
);
-- Files are kept while something points at them.
create index subscription_template_source on subscription_template (source_sha256);

-- The subscription whose template a sent file becomes. Its purpose is 'annotate' then: it is never imported.
alter table incoming_document
  add column template_of bigint references subscription on delete cascade;
create index incoming_document_template_of on incoming_document (template_of) where template_of is not null;
